import { LEAK_AUC, SUSPICIOUS_AUC } from '../checks/find-leaks.js';
import type { ColumnFacts } from '../columns/column-facts.js';
import { type ColumnKind, percent } from '../columns/guess-kind.js';

/** What a column is proposed for. */
export type ColumnUse = 'label' | 'domain' | 'split' | 'field' | 'exclude';

/** A column with what was found and guessed. */
export interface DescribedColumn extends ColumnFacts {
  readonly kind: ColumnKind;
  readonly reasons: string[];
  use: ColumnUse;
  /** How well it predicts the label alone; undefined without a label, or with too few rows of a class. */
  auc?: number | undefined;
}

const LABEL_NAME = /^(is_?)?(click(ed)?|label|target|y|trade|converted|conversion|purchased?|buy|bought)$/i;
const OUTCOME_NAME =
  /(^|_)(click(ed)?|like|follow|comment|share|forward|hate|favou?rite|fav|cart|purchased?|buy|bought|trade|conversion|converted|view(ed)?|watch(ed)?|play(ed)?|reward|rating)($|_)/i;
const DOMAIN_NAME =
  /domain|scen(e|ario)|(^|_)(tab|position|pos|page|channel|country|campaign|placement|slot|surface|site|market)($|_)/i;
const LOGGER_NAME = /propensity/i;
/** From so many values on a category is an id, which may predict as well as what it stands for: an outcome has few values. */
const MANY_VALUES = 50;

/** The column that looks most like an outcome of 0 and 1. */
export function guessLabel(columns: readonly DescribedColumn[]): DescribedColumn | undefined {
  const binary = columns.filter(({ kind }) => kind === 'binary');
  const score = ({ name, top, rows }: DescribedColumn): number =>
    (LABEL_NAME.test(name) ? 4 : OUTCOME_NAME.test(name) ? 2 : 0) + (top / rows > 0.5 ? 0.5 : 0);
  return best(
    binary.filter((column) => score(column) >= 2),
    score,
  );
}

/** Columns that could part the traffic, the likeliest first. */
export function guessDomains(columns: readonly DescribedColumn[]): DescribedColumn[] {
  const fits = ({ kind, distinct, top, rows, name }: DescribedColumn): boolean =>
    ['categorical', 'binary'].includes(kind) &&
    distinct >= 2 &&
    distinct <= Math.min(100, rows / 20) &&
    top / rows < 0.98 &&
    !OUTCOME_NAME.test(name);
  // Beside the name, parts of similar size and with other click rates speak for a domain.
  const score = ({ name, top, rows, auc }: DescribedColumn): number =>
    (DOMAIN_NAME.test(name) ? 1 : 0) + (1 - top / rows) / 2 + Math.max(0, (auc ?? 0.5) - 0.5);
  return columns.filter(fits).sort((a, b) => score(b) - score(a));
}

/** The column that rows are in time by. */
export function guessTime(columns: readonly DescribedColumn[]): DescribedColumn | undefined {
  return best(
    columns.filter(({ kind, missing }) => kind === 'timestamp' && missing === 0),
    ({ distinct }) => distinct,
  );
}

/** Sets the use of each column that is no label, domain or split, with the reason. */
export function proposeUse(columns: readonly DescribedColumn[], label: string | undefined, timed: boolean): void {
  for (const column of columns.filter(({ use }) => use === 'field')) {
    const reason = reasonToExclude(column, label, timed);
    if (reason === undefined) continue;
    column.use = 'exclude';
    column.reasons.push(reason);
  }
}

function reasonToExclude(
  { kind, auc, name, distinct, reasons }: DescribedColumn,
  label: string | undefined,
  timed: boolean,
): string | undefined {
  if (kind === 'empty' || kind === 'constant' || kind === 'row number' || kind === 'unique')
    return 'tells rows apart, or nothing';
  const limit = kind === 'categorical' && distinct >= MANY_VALUES ? LEAK_AUC : SUSPICIOUS_AUC;
  if (auc !== undefined && auc >= limit) return `leak: predicts "${label}" alone with AUC ${auc.toFixed(3)}`;
  if (reasons.some((reason) => reason.startsWith('outcome:'))) return 'known only afterwards';
  if (kind === 'binary' && OUTCOME_NAME.test(name)) return 'outcome: so its name says';
  if (LOGGER_NAME.test(name)) return 'belongs to the logging policy, not to the impression';
  if (kind === 'timestamp') return 'a time: later rows hold new values';
  if (kind === 'date' && timed && reasons.some((reason) => reason.startsWith('runs with')))
    return 'later rows hold new values';
  return undefined;
}

/** A remark where a value of a two-valued column always comes with a click: a sign of an outcome that is rare. */
export function outcomeRemark(
  values: readonly { readonly value: string; readonly rows: number; readonly clicks: number }[],
  label: string,
): string | undefined {
  const rows = values.reduce((sum, value) => sum + value.rows, 0);
  const clicks = values.reduce((sum, value) => sum + value.clicks, 0);
  const sure = values.find((value) => value.rows >= 30 && value.clicks / value.rows >= 0.99);
  if (!sure || values.length !== 2 || clicks / rows > 0.8) return undefined;
  return `outcome: ${percent(sure.clicks / sure.rows)} of the ${sure.rows} rows of value ${sure.value} have "${label}" 1`;
}

function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | undefined {
  return [...candidates].sort((a, b) => score(b) - score(a))[0];
}
