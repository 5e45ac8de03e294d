import type { ValueCounts } from './count-values.js';

/** Rows at the domain's own click rate that every value has in addition, so that a rare one is not taken at its word. */
const SMOOTHING = 10;
/** A value counts where both domains have so many rows of it, */
const LEAST_ROWS = 20;
/** and a field where that holds for so many values: through two of them there is always a line. */
const LEAST_VALUES = 3;
/** and domains where both have so many rows with a click, and so many without: shifts of fewer are noise. */
const LEAST_OF_A_CLASS = 20;

/**
 * By how much each value shifts a domain's clicks, in log-odds; 0 for a value like any other:
 *
 *     r_d(v) = logit((c_dv + s p_d) / (n_dv + s)) - logit(p_d), p_d = (c_d + 1/2) / (n_d + 1),
 *
 * with n_dv rows of which c_dv have a click, and s = 10. The formula, as smoothing goes, is our own choice.
 * @returns [D * K].
 */
export function valueShifts({ values: K, rows, clicks }: ValueCounts): Float64Array {
  const shifts = new Float64Array(rows.length);
  for (let begin = 0; begin < rows.length; begin += K) {
    let [n, c] = [0, 0];
    for (let k = begin; k < begin + K; k++) [n, c] = [n + rows[k]!, c + clicks[k]!];
    const rate = (c + 0.5) / (n + 1);
    for (let k = begin; k < begin + K; k++) {
      shifts[k] = logit((clicks[k]! + SMOOTHING * rate) / (rows[k]! + SMOOTHING)) - logit(rate);
    }
  }
  return shifts;
}

/**
 * Pearson's correlation of two domains' shifts over a field's values, a value weighted by the smaller of the two domains'
 * rows; undefined where a domain has hardly any rows of a class, too few values have rows enough, or none differs from the others.
 */
export function shiftCorrelation(
  { values: K, rows, clicks }: ValueCounts,
  shifts: Float64Array,
  one: number,
  other: number,
): number | undefined {
  for (const domain of [one, other]) {
    const [n, c] = [rows, clicks].map((counts) => sum(counts.subarray(domain * K, (domain + 1) * K))) as [
      number,
      number,
    ];
    if (Math.min(c, n - c) < LEAST_OF_A_CLASS) return undefined;
  }
  const weights = new Float64Array(K);
  let [total, counted] = [0, 0];
  for (let k = 0; k < K; k++) {
    const weight = Math.min(rows[one * K + k]!, rows[other * K + k]!);
    if (weight < LEAST_ROWS) continue;
    weights[k] = weight;
    total += weight;
    counted++;
  }
  if (counted < LEAST_VALUES) return undefined;
  const mean = (begin: number): number =>
    weights.reduce((sum, weight, k) => sum + weight * shifts[begin + k]!, 0) / total;
  const [meanOne, meanOther] = [mean(one * K), mean(other * K)];
  let [products, squaresOne, squaresOther] = [0, 0, 0];
  for (let k = 0; k < K; k++) {
    const [a, b] = [shifts[one * K + k]! - meanOne, shifts[other * K + k]! - meanOther];
    products += weights[k]! * a * b;
    squaresOne += weights[k]! * a * a;
    squaresOther += weights[k]! * b * b;
  }
  const scale = Math.sqrt(squaresOne * squaresOther);
  return scale > 0 ? products / scale : undefined;
}

const logit = (probability: number): number => Math.log(probability / (1 - probability));

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
