import type { ValueCounts } from './count-values.js';

/**
 * Jensen-Shannon distance of two domains' distributions P, Q of a field's values, in [0, 1]:
 *
 *     sqrt(H(M) - (H(P) + H(Q)) / 2), M = (P + Q) / 2, H in bits.
 *
 * Source: the divergence is Lin, IEEE Transactions on Information Theory 37(1), 1991, section IV with equal weights; its root is a metric
 * (Endres and Schindelin, same journal, 49(7), 2003).
 *
 * Counts of few rows look different by chance alone. To first order in the numbers of rows n_P and n_Q, the divergence of two
 * samples of one distribution over K values is (K - 1) (1 / n_P + 1 / n_Q) / (8 ln 2) on average (by Miller's bias of an
 * entropy, (1 - K) / (2 n) nats, for each of the three); that much is taken off, which is our own choice. K are the values that
 * either domain has.
 */
export function jensenShannonDistance({ values: K, rows }: ValueCounts, one: number, other: number): number {
  const [p, q] = [rows.subarray(one * K, (one + 1) * K), rows.subarray(other * K, (other + 1) * K)];
  const [nP, nQ] = [sum(p), sum(q)];
  let [divergence, seen] = [0, 0];
  for (let k = 0; k < K; k++) {
    const [a, b] = [p[k]! / nP, q[k]! / nQ];
    if (a + b === 0) continue;
    seen++;
    divergence += (part(a) + part(b)) / 2 - part((a + b) / 2);
  }
  const chance = ((seen - 1) * (1 / nP + 1 / nQ)) / (8 * Math.LN2);
  return Math.sqrt(Math.max(0, divergence - chance));
}

/** A value's part of the negative entropy, in bits. */
const part = (probability: number): number => (probability > 0 ? probability * Math.log2(probability) : 0);

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
