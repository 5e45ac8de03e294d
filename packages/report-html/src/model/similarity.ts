import type { StudyResults } from '@mdctr/report';
import { rounded, similaritiesOf, type Panel } from '@mdctr/report/figures';

/** How alike domains are by one measure. */
export interface SimilarityMap {
  readonly setting?: string;
  readonly name: string;
  readonly meaning: string;
  readonly domains: readonly string[];
  readonly range?: readonly [number, number];
  readonly panels: readonly [Panel];
  readonly omitted: number;
}

/** Domains of a map: the largest. */
const LINES = 30;

export function similarityMapsOf(results: StudyResults): SimilarityMap[] {
  return similaritiesOf(results).flatMap(({ setting, similarity: { domains, measures } }) =>
    measures.map(({ name, meaning, range, values }): SimilarityMap => {
      const shown = domains.slice(0, LINES);
      const cut = shown.map((_, i) => shown.map((_, j) => rounded(values[i]?.[j] ?? null)));
      return {
        ...(setting !== undefined && { setting }),
        ...{ name, meaning, domains: shown, ...(range && { range }) },
        panels: [{ layer: '', columns: shown, values: cut }],
        omitted: domains.length - shown.length,
      };
    }),
  );
}
