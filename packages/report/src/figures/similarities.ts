import type { AnalysedStudy } from '../analyses/analysed-study.js';
import type { SimilarityResult } from '../results/data.js';

/** The similarity of each setting's domains, or of the study's. */
export function similaritiesOf({
  data,
  settings = [],
}: AnalysedStudy): { setting?: string; similarity: SimilarityResult }[] {
  const all =
    settings.length > 0 ? settings.map(({ label, data: facts }) => ({ setting: label, data: facts })) : [{ data }];
  return all.flatMap(({ data: { similarity }, ...part }) => (similarity ? [{ ...part, similarity }] : []));
}

/** Four digits are more than a figure shows. */
export const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);
