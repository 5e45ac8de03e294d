import type { Format } from '../formats/formats.js';
import type { DescribedColumn } from './propose.js';

/** What numbers are cut into, and where longer lists are cut. */
const BUCKETS = 20;
const LONGEST_LIST = 100;

/** What a section is made of. */
interface Proposal {
  readonly columns: readonly DescribedColumn[];
  readonly label: string;
  readonly domain: readonly string[];
  /** Column to split by; undefined: rows are split at random. */
  readonly time: string | undefined;
}

/** The section `data` of a config, as it would be written. Columns are told how they are encoded. */
export function dataSection(
  { files, format }: { readonly files: readonly string[]; readonly format?: Format | undefined },
  { columns, label, domain, time }: Proposal,
): Record<string, unknown> {
  const fields = columns.flatMap((column) => (column.use === 'field' ? (entryOf(column) ?? []) : []));
  const manyValues = columns.some(({ use, distinct, rows }) => use === 'field' && distinct > rows / 100);
  return {
    source: { kind: 'files', files: [...files], ...(format && { format }) },
    label,
    domain: domain.length === 1 ? domain[0] : [...domain],
    ...(fields.length > 0 && { fields: ['*', ...fields] }),
    exclude: columns.filter(({ use }) => use === 'exclude').map(({ name }) => name),
    ...(manyValues && { minFrequency: 2 }),
    split:
      time === undefined
        ? { by: 'seed', seed: 1, validation: 0.1, test: 0.1 }
        : { by: 'time', column: time, validation: 0.1, test: 0.1 },
  };
}

/** The entry of a field that is no plain category; undefined for the others. */
function entryOf({ name, kind, separator, longest, reasons }: DescribedColumn): object | undefined {
  if (kind === 'numeric') {
    reasons.push(`cut into up to ${BUCKETS} parts of equal size`);
    return { name, encoding: { kind: 'quantiles', buckets: BUCKETS } };
  }
  if (kind !== 'multi-valued') return undefined;
  reasons.push(`a list: the mean of its parts${longest > LONGEST_LIST ? `, the last ${LONGEST_LIST} of them` : ''}`);
  return { name, list: { separator, pooling: 'mean', ...(longest > LONGEST_LIST && { maxLength: LONGEST_LIST }) } };
}
