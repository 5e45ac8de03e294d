import { requireAtMost, requireNumbers } from '../require.js';

export interface SignTest {
  /** Differences above 0. */
  readonly wins: number;
  /** Differences below 0. */
  readonly losses: number;
  /** Two-sided, exact; 1 where there are neither wins nor losses. */
  readonly p: number;
}

/** C(n, k) / 2^n is a normal double up to here. */
const MOST = 1000;

/**
 * Exact sign test: whether wins and losses are equally likely, by the binomial distribution. Assumes nothing about the
 * differences but that pairs are independent; says little for few (5 wins of 5: p = 0.0625). Differences of 0 are left out.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for none or more than 1000 differences, and for one that is not finite.
 */
export function signTest(differences: ArrayLike<number>): SignTest {
  requireNumbers(differences, 1, 'differences');
  requireAtMost(differences.length, MOST);
  let [wins, losses] = [0, 0];
  for (let i = 0; i < differences.length; i++) {
    if (differences[i]! > 0) wins++;
    else if (differences[i]! < 0) losses++;
  }
  const n = wins + losses;
  let term = 2 ** -n; // C(n, k) / 2^n
  let tail = 0;
  for (let k = 0; k <= Math.min(wins, losses); k++) {
    tail += term;
    term *= (n - k) / (k + 1);
  }
  return { wins, losses, p: Math.min(1, 2 * tail) };
}
