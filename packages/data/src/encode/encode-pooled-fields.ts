import type { Loading } from '../database/loading.js';
import { fieldColumn } from '../database/tables.js';
import { bagsOfNumbers, type BagTable } from './bag-table.js';
import { readNumbers } from './distinct-values.js';
import type { FeatureMap } from './feature-map.js';
import { readLists } from './lists.js';
import { bucketIds, scaled } from './numbers.js';
import { bagsOfPieces } from './piecewise.js';
import { encodeTargetMean } from './target-means/target-mean.js';

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
    const column = fieldColumn(f);
    if (encoding?.kind === 'targetMean') tables[f] = await encodeTargetMean(loading, f, encoding, ids, fields.length);
    else if (list) tables[f] = await readLists(loading, column, field);
    else if (encoding && encoding.kind !== 'hash') {
      const { values } = await readNumbers(loading, column);
      if (encoding.kind === 'numeric') tables[f] = bagsOfNumbers(scaled(values, encoding));
      else if (encoding.kind === 'piecewise') tables[f] = bagsOfPieces(values, encoding);
      else takeIds(ids, f, fields.length, bucketIds(values, encoding));
    }
  }
  return tables.some((table) => table) ? tables : undefined;
}

/** Replaces the numbers of a field's distinct values by their ids. */
function takeIds(ids: Int32Array, f: number, width: number, idOf: Int32Array): void {
  for (let at = f; at < ids.length; at += width) ids[at] = idOf[ids[at]!]!;
}
