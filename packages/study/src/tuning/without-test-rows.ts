import type { EncodedData } from '@mdctr/data';

/** The data as a search may see them: the test split is empty, and the labels of its rows are gone. */
export function withoutTestRows(data: EncodedData): EncodedData {
  const { cachedAt: _, oracle: __, ...rest } = data;
  const labels = data.labels && Float32Array.from(data.labels);
  if (labels) for (const row of data.splits.test) labels[row] = 0;
  return { ...rest, ...(labels && { labels }), splits: { ...data.splits, test: new Int32Array(0) } };
}
