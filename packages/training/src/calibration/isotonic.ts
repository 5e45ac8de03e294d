import { groupRows, rowsOfGroup } from '@mdctr/metrics';
import type { JudgedScores } from './judged-scores.js';

/** Rising step functions of the score, by domain. */
export interface IsotonicCalibration {
  readonly kind: 'isotonic';
  /** Of all rows. */
  readonly overall: Steps;
  /** By domain id; `share` is the part of its own curve, the rest is that of all rows. */
  readonly domains: readonly (Steps & { readonly share: number })[];
}

/** The value from each score up to the next, ascending both; below the first score it is the first value. */
export interface Steps {
  readonly from: readonly number[];
  readonly values: readonly number[];
}

/**
 * Isotonic regression by pooling adjacent violators, of all rows and of each domain: the rising function with the least
 * squared error. A domain of n rows has n / (n + strength) of its own and the rest of all rows'. Source: Zadrozny and Elkan,
 * Transforming classifier scores into accurate multiclass probability estimates, KDD 2002; the shrinkage is our own.
 */
export function fitIsotonic(rows: JudgedScores, domains: number, strength: number): IsotonicCalibration {
  const all = Int32Array.from(rows.scores, (_, i) => i);
  const grouped = groupRows(rows.domains);
  return {
    kind: 'isotonic',
    overall: stepsOf(rows, all),
    domains: Array.from({ length: domains }, (_, domain) => {
      const ofDomain = rowsOfGroup(grouped, domain);
      const share = ofDomain.length === 0 ? 0 : ofDomain.length / (ofDomain.length + strength);
      return { ...stepsOf(rows, ofDomain), share };
    }),
  };
}

export function isotonic({ overall, domains }: IsotonicCalibration, score: number, domain: number): number {
  const steps = domains[domain];
  const common = valueAt(overall, score);
  if (!steps || steps.share === 0) return common;
  return steps.share * valueAt(steps, score) + (1 - steps.share) * common;
}

interface Block {
  readonly from: number;
  rows: number;
  positives: number;
}

function stepsOf({ scores, labels }: JudgedScores, rows: Int32Array): Steps {
  const order = Array.from(rows).sort((a, b) => scores[a]! - scores[b]!);
  const blocks: Block[] = [];
  for (const tied of tiesOf(order, scores, labels)) {
    blocks.push(tied);
    // Pools the last two until values rise.
    for (;;) {
      const [before, now] = [blocks.at(-2), blocks.at(-1)!];
      if (!before || before.positives / before.rows < now.positives / now.rows) break;
      before.rows += now.rows;
      before.positives += now.positives;
      blocks.pop();
    }
  }
  return { from: blocks.map(({ from }) => from), values: blocks.map(({ rows, positives }) => positives / rows) };
}

/** A block for each distinct score, ascending. */
function tiesOf(order: readonly number[], scores: Float32Array, labels: Float32Array): Block[] {
  const blocks: Block[] = [];
  for (const row of order) {
    if (blocks.at(-1)?.from !== scores[row]) blocks.push({ from: scores[row]!, rows: 0, positives: 0 });
    const block = blocks.at(-1)!;
    block.rows++;
    block.positives += labels[row]!;
  }
  return blocks;
}

function valueAt({ from, values }: Steps, score: number): number {
  let [low, high] = [0, from.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return values[Math.max(0, low - 1)]!;
}
