import { getOrThrow } from '@mdctr/base';
import type { DiagnosticMatrix } from '@mdctr/core';
import { rankCorrelation } from '@mdctr/statistics';
import type { ChosenPair, LayerKey, OverlapAnalysis, OverlapRow } from './types.js';
import type { SimilarityResult, SimilarityMeasure } from '../../results/data.js';
import { statOf } from '../../table/stat.js';
import { between, pairsOf } from './pairs.js';
import { matricesOf } from '../matrices.js';
import type { Part } from '../parts.js';

/** What plugins say of pairs of domains beside the data's similarity; undefined where either is missing. */
export function overlapOf(parts: readonly Part[]): OverlapAnalysis | undefined {
  const layers = parts.flatMap(({ data, cells }) => {
    const { similarity } = data;
    if (!similarity) return [];
    return cells.flatMap(({ key, trials }) => {
      const bySeed = new Map<string, { layer: LayerKey; matrices: DiagnosticMatrix[] }>();
      for (const { plugin, matrix } of matricesOf(trials, 'domains')) {
        const layer = { ...key, plugin, name: matrix.name, layer: matrix.layer ?? '' };
        const text = JSON.stringify([plugin, layer.name, layer.layer]);
        if (!bySeed.has(text)) bySeed.set(text, { layer, matrices: [] });
        getOrThrow(bySeed, text).matrices.push(matrix);
      }
      return [...bySeed.values()].map((one) => ({ ...one, similarity }));
    });
  });
  const rows = layers.flatMap(({ layer, matrices, similarity }) =>
    similarity.measures.flatMap((measure) => rowOf(layer, matrices, similarity.domains, measure)),
  );
  const chosen = layers.flatMap(({ layer, matrices, similarity }) => chosenOf(layer, matrices, similarity));
  return rows.length === 0 && chosen.length === 0 ? undefined : { rows, chosen };
}

/**
 * No p value stands beside it: pairs that share a domain do not vary on their own, which a test of pairs takes for
 * granted.
 */
function rowOf(
  layer: LayerKey,
  matrices: readonly DiagnosticMatrix[],
  domains: readonly string[],
  measure: SimilarityMeasure,
): OverlapRow[] {
  const seeds = matrices.map((matrix) =>
    pairsOf(matrix.rows).flatMap(([a, b]) => {
      const [overlap, alike] = [between(matrix.rows, matrix.values, a, b), between(domains, measure.values, a, b)];
      return overlap === null || alike === null ? [] : [[overlap, alike] as const];
    }),
  );
  const pairs = Math.min(...seeds.map(({ length }) => length));
  if (pairs < 3) return []; // two pairs have a correlation of 1 or -1, whatever they are
  const ranks = seeds.map((seed) =>
    rankCorrelation(
      seed.map(([overlap]) => overlap),
      seed.map(([, alike]) => alike),
    ),
  );
  return [{ ...layer, measure: measure.name, pairs, correlation: statOf(ranks) }];
}

function chosenOf(
  layer: LayerKey,
  matrices: readonly DiagnosticMatrix[],
  { domains, measures, chosen }: SimilarityResult,
): ChosenPair[] {
  return pairsOf(chosen ?? []).map(([a, b]) => ({
    ...layer,
    pair: [a, b],
    overlap: statOf(matrices.map(({ rows, values }) => between(rows, values, a, b))),
    similarity: Object.fromEntries(measures.map(({ name, values }) => [name, between(domains, values, a, b)])),
  }));
}
