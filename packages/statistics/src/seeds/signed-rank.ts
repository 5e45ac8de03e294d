import { requireAtMost, requireNumbers } from '../require.js';
import { doubledRanks } from '../ranks.js';

export interface SignedRankTest {
  /** Sum of the ranks of the positive differences, W+. */
  readonly positive: number;
  /** Sum of the ranks of the negative ones, W-. */
  readonly negative: number;
  /** Differences other than 0. */
  readonly n: number;
  /** Two-sided, exact; 1 where all differences are 0. */
  readonly p: number;
}

/** The distribution has n (n + 1) + 1 points, and each pair passes over all of them. */
const MOST = 500;

/**
 * Wilcoxon's signed-rank test: whether differences lie symmetrically about 0. Exact, ties of the absolute values included:
 * the distribution of W+ over all 2^n signs, given the mid-ranks at hand. Differences of 0 are left out. The least p that
 * n pairs can have is 2 / 2^n: five seeds cannot reach 0.05. Source: Wilcoxon, Biometrics Bulletin 1945; Pratt and
 * Gibbons 1981 for ties.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for none or more than 500 differences, and for one that is not finite.
 */
export function signedRankTest(differences: ArrayLike<number>): SignedRankTest {
  requireNumbers(differences, 1, 'differences');
  requireAtMost(differences.length, MOST);
  const nonZero = Array.from(differences).filter((value) => value !== 0);
  const ranks = doubledRanks(nonZero.map(Math.abs));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const positive = ranks.reduce((sum, rank, i) => sum + (nonZero[i]! > 0 ? rank : 0), 0);
  const chances = chancesOfSums(ranks, total);
  // Symmetric: the upper tail from W+ has the chance of the lower one up to W-.
  const smaller = Math.min(positive, total - positive);
  let tail = 0;
  for (let w = 0; w <= smaller; w++) tail += chances[w]!;
  return { positive: positive / 2, negative: (total - positive) / 2, n: ranks.length, p: Math.min(1, 2 * tail) };
}

/** [total + 1]: the chance of each sum, where every rank counts or not by the toss of a coin. */
function chancesOfSums(ranks: readonly number[], total: number): Float64Array {
  const chances = new Float64Array(total + 1);
  chances[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let w = reached; w >= 0; w--) chances[w] = (chances[w]! + (w >= rank ? chances[w - rank]! : 0)) / 2;
  }
  return chances;
}
