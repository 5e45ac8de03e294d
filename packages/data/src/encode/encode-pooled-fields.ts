import { Loading } from '../database/loading.js';
import { fieldColumn } from '../database/tables.js';
import { bagsOfNumbers, type BagTable } from './bag-table.js';
import { readNumbers } from './distinct-values.js';
import type { FeatureMap } from './feature-map.js';
import { readLists } from './lists.js';
import { bucketIds, scaled } from './numbers.js';

/**
 * What becomes of the cells of fields whose values are not ids themselves: ids, which replace those of the cells, or
 * bags, by field; undefined where no field has bags.
 */
export async function encodePooledFields(
  loading: Loading,
  { fields }: FeatureMap,
  ids: Int32Array,
): Promise<(BagTable | undefined)[] | undefined> {
  const tables: (BagTable | undefined)[] = fields.map(() => undefined);
  for (const [f, field] of fields.entries()) {
    const { encoding, list } = field;
    if (list) tables[f] = await readLists(loading, fieldColumn(f), field);
    if (list || !encoding || encoding.kind === 'hash') continue;
    const { values } = await readNumbers(loading, fieldColumn(f));
    if (encoding.kind === 'numeric') tables[f] = bagsOfNumbers(scaled(values, encoding));
    else {
      const idOf = bucketIds(values, encoding);
      for (let at = f; at < ids.length; at += fields.length) ids[at] = idOf[ids[at]!]!;
    }
  }
  return tables.some((table) => table) ? tables : undefined;
}
