import type { EncodedData } from '@mdctr/data';
import type { LabelledData } from './baseline.js';

/** The data with NaN for the label of each test row, so that whatever reads one cannot go unnoticed. */
export function withoutTestLabels(data: EncodedData): LabelledData {
  const { oracle: _, cachedAt: __, ...rest } = data;
  if (!data.labels) throw new RangeError('Baselines are fitted to rows with labels.');
  const labels = Float32Array.from(data.labels);
  for (const row of data.splits.test) labels[row] = NaN;
  return { ...rest, labels };
}
