import { inputError } from './require.js';

/**
 * Holm's step-down correction: p values such that calling "different" all that are at most alpha errs anywhere among the
 * comparisons with probability alpha at most, whatever their dependence. Uniformly better than Bonferroni's.
 * p(i) -> max over j <= i of min(1, (m - j + 1) p(j)), ascending. Source: Holm, Scand. J. Statist. 1979.
 * @param pValues in [0, 1], in any order. @returns the corrected ones in the same order.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for one outside [0, 1].
 */
export function holm(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const corrected = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[at]!));
    corrected[at] = largest;
  });
  return corrected;
}

/**
 * Benjamini and Hochberg's correction: of all that are called "different" at alpha, a share of alpha at most is wrong on
 * average; for independent or positively dependent comparisons. For screening many candidates, not for a claim about one.
 * p(i) -> min over j >= i of min(1, m p(j) / j), ascending. Source: Benjamini and Hochberg, J. R. Statist. Soc. B 1995.
 * @param pValues in [0, 1], in any order. @returns the corrected ones in the same order.
 * @throws MdctrError MDCTR_STATISTICS_INPUT for one outside [0, 1].
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const corrected = new Array<number>(pValues.length);
  let smallest = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const at = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[at]! * order.length) / rank);
    corrected[at] = smallest;
  }
  return corrected;
}

function ascending(pValues: readonly number[]): number[] {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) throw inputError('This is no p value.', 'numbers from 0 to 1', `${p} at index ${i}`);
  });
  return pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
}
