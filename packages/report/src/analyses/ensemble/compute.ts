import { crossEntropy } from '@mdctr/metrics';
import { aucDifference, holm, rowTest, type RowTest } from '@mdctr/statistics';
import { hasBothClasses } from '../../table/both-classes.js';
import { cellKey } from '../../table/cells.js';
import { ALPHA, ROUNDING, verdictOverRows } from '../../table/gains.js';
import type { ScoredLine } from '../analysis.js';
import { meanPairs, meanScores } from './mean-scores.js';
import type { EnsembleRow, GainOverRows } from './types.js';

/**
 * The ensemble of each line: the mean of its seeds' probabilities (Lakshminarayanan et al., NeurIPS 2017, section 2.4). Its gains
 * in AUC have DeLong's intervals and tests over rows, by Holm over all lines. Lines with fewer than two seeds are left out, and
 * those where either class has fewer than two rows.
 */
export function ensemblesOf(lines: readonly ScoredLine[]): EnsembleRow[] {
  const found = lines.filter(({ models, labels }) => models >= 2 && hasBothClasses(labels)).map(measure);
  const overSeeds = gainsOf(found.map(({ line, overSeeds: test }) => ({ test, n: line.models })));
  const overBaseline = gainsOf(found.map(({ line, overBaseline: test }) => ({ test, n: line.seeds })));
  return found.map(({ line, auc, logLoss, logLossOverSeeds }, i): EnsembleRow => {
    const { models: seeds, parameters, inferenceUs } = line;
    return {
      ...cellKey(line),
      ...{ seeds, auc, logLoss },
      overSeeds: overSeeds[i]!,
      logLossOverSeeds,
      overBaseline: overBaseline[i] ?? null,
      parameters: seeds * parameters,
      inferenceUs: seeds * inferenceUs,
    };
  });
}

interface Measured {
  readonly line: ScoredLine;
  readonly auc: number;
  readonly logLoss: number;
  readonly logLossOverSeeds: number;
  readonly overSeeds: RowTest;
  readonly overBaseline: RowTest | null;
}

const OPTIONS = { level: 1 - ALPHA };

function measure(line: ScoredLine): Measured {
  const { labels, models } = line;
  const scores = meanScores(line.scores());
  const logLoss = crossEntropy(scores, labels);
  // A mean of differences has the mean of their influences.
  const influence = new Float64Array(labels.length);
  let [value, auc, ofSeeds] = [0, NaN, 0];
  for (const seed of line.scores()) {
    const difference = aucDifference(scores, seed, labels);
    auc = difference.aucs[0];
    value += difference.value / models;
    ofSeeds += crossEntropy(seed, labels) / models;
    for (let row = 0; row < influence.length; row++) influence[row]! += difference.influence[row]! / models;
  }
  return {
    ...{ line, auc, logLoss, logLossOverSeeds: ofSeeds - logLoss },
    overSeeds: rowTest({ value, influence }, OPTIONS),
    overBaseline: againstBaseline(line),
  };
}

function againstBaseline({ seeds, pairs, labels }: ScoredLine): RowTest | null {
  if (seeds < 2) return null;
  const [scores, baseline] = meanPairs(pairs());
  return rowTest(aucDifference(scores, baseline, labels), OPTIONS);
}

/** Tests as gains, corrected for one another. A difference that is rounding alone shows none. */
function gainsOf(tests: readonly { readonly test: RowTest | null; readonly n: number }[]): (GainOverRows | null)[] {
  const pOf = ({ standardError, p }: RowTest): number => (standardError <= ROUNDING ? 1 : p);
  const corrected = holm(tests.flatMap(({ test }) => (test ? [pOf(test)] : [])));
  const comparisons = corrected.length;
  let next = 0;
  return tests.map(({ test, n }): GainOverRows | null => {
    if (!test) return null;
    const { difference: mean, interval } = test;
    const pHolm = corrected[next++]!;
    return { mean, n, interval, p: pOf(test), pHolm, comparisons, verdict: verdictOverRows(mean, pHolm) };
  });
}
