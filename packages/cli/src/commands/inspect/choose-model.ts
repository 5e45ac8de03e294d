import { type ConfigDocument } from '@mdctr/config';
import { MdctrError, nearest, firstOf } from '@mdctr/base';
import type { PlannedTrial } from '@mdctr/study';

/** Labels of one model of a study, as its table has them. */
export interface ModelChoice {
  readonly setting?: string;
  readonly backbone?: string;
  readonly method?: string;
}

const KINDS = ['setting', 'backbone', 'method'] as const;

/**
 * The first trial of the model that is chosen. What there is only one of need not be named.
 * @throws MdctrError MDCTR_INSPECT_MODEL for a label that the study does not have, and where several models are left.
 */
export function chooseModel(
  trials: readonly PlannedTrial[],
  choice: ModelChoice,
  document: ConfigDocument,
): PlannedTrial {
  let left = trials;
  for (const kind of KINDS) {
    const labels = [...new Set(left.flatMap(({ cell }) => cell[kind] ?? []))];
    const wanted = choice[kind];
    if (wanted === undefined) {
      if (labels.length > 1) throw severalModels(kind, labels, document);
    } else if (!labels.includes(wanted)) throw unknownLabel(kind, wanted, labels, document);
    else left = left.filter(({ cell }) => cell[kind] === wanted);
  }
  return firstOf(left);
}

/** @throws MdctrError MDCTR_INSPECT_MODEL where a model is chosen of a trial, which has one. */
export function refuseChoice(choice: ModelChoice, document: ConfigDocument): void {
  const kind = KINDS.find((one) => choice[one] !== undefined);
  if (kind === undefined) return;
  throw new MdctrError('MDCTR_INSPECT_MODEL', {
    what: 'A trial is one model; there is nothing to choose from.',
    at: document.locate([]),
    found: `--${kind} ${choice[kind]}`,
    hint: `Leave --${kind} out, or name a study.`,
  });
}

function severalModels(kind: string, labels: readonly string[], document: ConfigDocument): MdctrError {
  return new MdctrError('MDCTR_INSPECT_MODEL', {
    what: `The study has several ${kind}s; one model is shown at a time.`,
    at: document.locate([`${kind}s`], 'key'),
    expected: `one of ${labels.join(', ')}`,
    hint: `Name one: --${kind} ${quoted(firstOf(labels))}.`,
  });
}

function unknownLabel(kind: string, wanted: string, labels: readonly string[], document: ConfigDocument): MdctrError {
  const near = nearest(wanted, labels);
  return new MdctrError('MDCTR_INSPECT_MODEL', {
    what: labels.length > 0 ? `The study has no ${kind} "${wanted}".` : `The study has no ${kind}s.`,
    ...(labels.length > 0 && { at: document.locate([`${kind}s`], 'key'), expected: `one of ${labels.join(', ')}` }),
    found: `--${kind} ${quoted(wanted)}`,
    hint: near === undefined ? 'Take a label of the table.' : `Did you mean "${near}"?`,
  });
}

const quoted = (label: string): string => (/^[\w.-]+$/.test(label) ? label : `"${label}"`);
