import { formatCount, firstOf } from '@mdctr/base';
import { cellColumns, decimals, formatGain, MISSING, type TextColumn } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { verdictsOf } from '../../text/verdicts.js';
import { groupBy } from '../group-by.js';
import type { Bucket, BucketAnalysis, BucketRow } from './types.js';

/** A line a backbone and method, a column a bucket. */
export function bucketTable({ buckets, rows }: BucketAnalysis, baseline: string | null): TextTable {
  const count = Math.max(...buckets.map(({ bucket }) => bucket));
  const keyOf = ({ setting, backbone, method }: BucketRow): string => JSON.stringify([setting, backbone, method]);
  const lines = groupBy(rows, keyOf);
  const at = (line: readonly BucketRow[], bucket: number): string => {
    const row = line.find((one) => one.bucket === bucket);
    if (!row) return MISSING;
    return row.gain ? formatGain(row.gain) : decimals(row.domainAuc.mean);
  };
  const columns: TextColumn<readonly BucketRow[]>[] = [
    ...cellColumns(rows).map(({ cell, ...column }) => ({
      ...column,
      cell: (line: readonly BucketRow[]) => cell(firstOf(line)),
    })),
    ...Array.from({ length: count }, (_, i) => ({
      heading: i === 0 ? 'largest' : i === count - 1 ? 'smallest' : `bucket ${i + 1}`,
      cell: (line: readonly BucketRow[]) => at(line, i + 1),
    })),
  ];
  const gains = rows.flatMap(({ gain }) => gain ?? []);
  return tableOf('AUC inside domains, by buckets of domains of like size', columns, lines, [
    ...bucketNotes(buckets),
    gains.length > 0 && baseline !== null
      ? `AUC of "${baseline}", else gain over it: ${verdictsOf(gains)}.`
      : 'AUC inside domains, averaged by rows evaluated.',
  ]);
}

function bucketNotes(buckets: readonly Bucket[]): string[] {
  const range = ({ domains, omitted, largest, smallest }: Bucket): string =>
    `${domains.length}${omitted > 0 ? ` (and ${omitted} left out)` : ''} of ${smallest === largest ? '' : `${formatCount(smallest)} to `}${formatCount(largest)}`;
  const settings = [...new Set(buckets.map(({ setting }) => setting))];
  const notes = settings.map((setting) => {
    const ranges = buckets.filter((one) => one.setting === setting).map(range);
    return `${setting === undefined ? 'Domains' : `${setting}: domains`} by training rows: ${ranges.join('; ')}.`;
  });
  const omitted = buckets.some((bucket) => bucket.omitted > 0);
  return omitted ? [...notes, 'Left out are domains without an AUC in some trial: no clicks, or nothing else.'] : notes;
}
