import type { BagTable } from '../encode/bag-table.js';
import type { EncodedData } from '../encode/encoded-data.js';
import { bucketIds, learnEdges } from '../encode/numbers.js';

/** At most so many values of a field are told apart, the most frequent ones, */
const MOST_VALUES = 1000;
/** and none that has fewer training rows than this; all others together are one value. */
const LEAST_ROWS = 50;
/** Parts that the numbers of a field are cut into, of as equal size as ties allow. */
const PARTS = 20;

/** How often each domain has each value of a field among the training rows, and with how many clicks. */
export interface ValueCounts {
  /** Number of values told apart, K. */
  readonly values: number;
  /** [D * K] rows of a domain with a value. A row whose value is a list of n elements counts 1 / n for each of them. */
  readonly rows: Float64Array;
  /** [D * K] those of them with a click. */
  readonly clicks: Float64Array;
}

/**
 * Counts the values of one field.
 * @param rows training rows of the D domains that are compared.
 * @param places [domain ids] place of each domain among them.
 */
export function countValues(
  { schema, ids, bags, labels, domains }: EncodedData,
  field: number,
  rows: Int32Array,
  places: Int32Array,
  D: number,
): ValueCounts {
  const width = schema.fields.length;
  const valuesOf = readerOf(bags?.[field], ids, rows, { field, width });
  const total = new Map<number, number>();
  for (const row of rows) {
    const values = valuesOf(ids[row * width + field]!);
    for (const value of values) total.set(value, (total.get(value) ?? 0) + 1 / values.length);
  }
  const kept = [...total]
    .filter(([, count]) => count >= LEAST_ROWS)
    .sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || a - b)
    .slice(0, MOST_VALUES);
  const numbers = new Map(kept.map(([value], k) => [value, k]));
  const K = kept.length + 1; // the last is that of all others
  const counts = { values: K, rows: new Float64Array(D * K), clicks: new Float64Array(D * K) };
  for (const row of rows) {
    const values = valuesOf(ids[row * width + field]!);
    for (const value of values) {
      const cell = places[domains[row]!]! * K + (numbers.get(value) ?? K - 1);
      counts.rows[cell]! += 1 / values.length;
      counts.clicks[cell]! += labels![row]! / values.length;
    }
  }
  return counts;
}

/** What the number in `ids` stands for: itself, the elements of a list (-1 for an empty one), or the part that a number lies in. */
function readerOf(
  table: BagTable | undefined,
  ids: Int32Array,
  rows: Int32Array,
  { field, width }: { readonly field: number; readonly width: number },
): (id: number) => number[] | Int32Array {
  if (!table) return (id) => [id];
  const { starts, elements, weights } = table;
  if (!weights) {
    return (bag) => (starts[bag + 1]! > starts[bag]! ? elements.subarray(starts[bag], starts[bag + 1]) : [-1]);
  }
  // One number times one embedding, or the parts that a number covers, whose sum goes up with it.
  const values = Float64Array.from({ length: starts.length - 1 }, (_, bag) => {
    const [begin, end] = [starts[bag]!, starts[bag + 1]!];
    return elements[begin] === 0 ? NaN : weights.subarray(begin, end).reduce((sum, weight) => sum + weight, 0);
  });
  const counts = new Float64Array(values.length);
  for (const row of rows) counts[ids[row * width + field]!]!++;
  const parts = bucketIds(values, {
    kind: 'quantiles',
    buckets: PARTS,
    edges: learnEdges({ values, rows: counts }, PARTS),
  });
  return (bag) => [parts[bag]!];
}
