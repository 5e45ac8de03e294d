import { Random } from '@mdctr/base';
import type { HostBatch } from '@mdctr/core';
import {
  concat,
  gatherRows,
  indexVector,
  reshape,
  sigmoidCrossEntropy,
  sub,
  tensor,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';

/** Pairs that a domain may have in a batch; of more, as many are drawn. */
export const MOST_PAIRS = 1 << 15;

/**
 * Mean over pairs of a click and another row of one domain in the batch of log(1 + exp(-(s_click - s_other))), for their logits
 * [rows, 1]; undefined where there are no pairs. A domain of more than `mostPairs` pairs has that many, drawn with replacement by
 * the numbers of its rows: the same whenever the batch is seen.
 * Source: Burges et al., ICML 2005 (RankNet); joint with the log loss as in Sheng et al., KDD 2023, arXiv 2208.06164.
 */
export function pairwiseLoss(logits: Tensor, host: HostBatch, mostPairs = MOST_PAIRS): Scalar | undefined {
  const { domainIds, domainStarts } = host;
  const differences = Array.from(domainIds, (_, g) => {
    const rows = rowsByLabel(host, domainStarts[g]!, domainStarts[g + 1]!);
    return differencesOf(logits, rows, host.order[domainStarts[g]!]!, mostPairs);
  }).filter((found) => found !== undefined);
  if (differences.length === 0) return undefined;
  const all = concat(differences, 0); // [pairs, 1]
  const pairs = all.shape[0];
  return sigmoidCrossEntropy(all, tensor(new Float32Array(pairs).fill(1), [pairs, 1]));
}

interface RowsByLabel {
  readonly clicks: readonly number[];
  readonly others: readonly number[];
}

function rowsByLabel({ labels }: HostBatch, begin: number, end: number): RowsByLabel {
  const clicks: number[] = [];
  const others: number[] = [];
  for (let i = begin; i < end; i++) (labels![i]! > 0 ? clicks : others).push(i);
  return { clicks, others };
}

/** s_click - s_other of the pairs of one domain: [pairs, 1]. */
function differencesOf(
  logits: Tensor,
  { clicks, others }: RowsByLabel,
  seed: number,
  most: number,
): Tensor | undefined {
  const count = clicks.length * others.length;
  if (count === 0) return undefined;
  const scores = (rows: readonly number[]): Tensor => gatherRows(logits, indexVector(Int32Array.from(rows)));
  if (count <= most) {
    const table = sub(scores(clicks), reshape(scores(others), [1, others.length])); // [clicks, others]
    return reshape(table, [count, 1]);
  }
  const random = Random.fromBits(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(count, 0x85ebca6b));
  const draw = (rows: readonly number[]): number[] =>
    Array.from({ length: most }, () => rows[random.integer(rows.length)]!);
  return sub(scores(draw(clicks)), scores(draw(others)));
}
