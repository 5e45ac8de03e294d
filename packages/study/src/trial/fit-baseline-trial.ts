import { fitBaseline, findBaseline } from '@mdctr/baselines';
import type { EncodedData } from '@mdctr/data';
import { evaluateScores, scoreBy, type Evaluation } from '@mdctr/metrics';
import { aucInterval, type BaselineResult } from '@mdctr/report';
import { reportedSplit } from '../plan/reported-split.js';
import type { BaselineTrial } from '../plan/types.js';
import { writeScores } from '../store/scores-file.js';
import { writeResult } from '../store/study-folder.js';

/** What a fit of a baseline computes with. */
export interface FitContext {
  readonly data: EncodedData;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/** A baseline that was fitted. */
export interface FittedBaseline {
  readonly outcome: { readonly result: BaselineResult };
  /** [N] scores of the reported split by ascending row, as of a network without variants. */
  readonly scores: ReadonlyMap<undefined, Float32Array>;
}

/**
 * Fits a baseline and measures it as networks are. With a folder its result and its scores are in files there when the promise resolves.
 * @throws MdctrError what the baseline throws; the reason of `signal`.
 */
export async function fitBaselineTrial(
  { baseline, cell, seed, tried, selectBy }: BaselineTrial,
  { data, threads, signal }: FitContext,
  folder: string | undefined,
): Promise<FittedBaseline> {
  const began = performance.now();
  const { scores, chosen } = await fitBaseline(baseline, { data, seed, trials: tried, selectBy, threads, signal });
  const seconds = (performance.now() - began) / 1000;
  const split = reportedSplit(data);
  const { metrics, domains, calibration } = evaluate(data, split, scores[split]);
  const validation = data.splits.validation.length > 0 ? evaluate(data, 'validation', scores.validation) : null;
  const result: BaselineResult = {
    ...cell,
    name: baseline.name,
    seeded: findBaseline(baseline.name).seeded,
    metrics,
    interval: aucInterval(scores[split], labelsOf(data, split)),
    validation: scoreBy(validation?.metrics, selectBy) ?? null,
    ...{ chosen, options: tried, seconds, domains, calibration },
  };
  if (folder !== undefined) {
    await writeScores(folder, undefined, scores[split]);
    await writeResult(folder, { result });
  }
  return { outcome: { result }, scores: new Map([[undefined, scores[split]]]) };
}

type Split = 'validation' | 'test';

const labelsOf = ({ labels, splits }: EncodedData, split: Split): Float32Array =>
  Float32Array.from(splits[split], (row) => labels![row]!);

function evaluate(data: EncodedData, split: Split, scores: Float32Array): Evaluation {
  const { domains, groups, schema, splits } = data;
  return evaluateScores({
    scores,
    labels: labelsOf(data, split),
    domains: Int32Array.from(splits[split], (row) => domains[row]!),
    groups: groups && Int32Array.from(splits[split], (row) => groups[row]!),
    domainLabels: schema.domains,
  });
}
