import type { Loading } from '../database/loading.js';
import { ROW_ATTRIBUTES } from '../database/tables.js';
import { encodePooledFields } from './encode-pooled-fields.js';
import type { EncodedData } from './encoded-data.js';
import type { FeatureMap } from './feature-map.js';
import { lookUpDomains, lookUpFields } from './look-up-ids.js';
import { sharedFloat32, sharedInt32 } from './shared-arrays.js';

/**
 * Turns the rows to encode into ids, by the tables of vocabularies, distinct values and lists.
 * @param labelled whether the rows have labels.
 */
export async function encode(loading: Loading, featureMap: FeatureMap, labelled: boolean): Promise<EncodedData> {
  const { schema } = featureMap;
  const rows = await loading.database.number(`SELECT count(*) FROM ${ROW_ATTRIBUTES}`);
  const ids = await lookUpFields(loading, featureMap, rows);
  const bags = await encodePooledFields(loading, featureMap, ids);
  const domains = await lookUpDomains(loading, rows);
  const { labels, splits } = await readLabelsAndSplits(loading, rows, labelled);
  return { schema, rows, ids, ...(bags && { bags }), ...(labels && { labels }), domains, splits, featureMap };
}

async function readLabelsAndSplits(
  loading: Loading,
  rows: number,
  labelled: boolean,
): Promise<Pick<EncodedData, 'labels' | 'splits'>> {
  const labels = labelled ? sharedFloat32(rows) : undefined;
  const splitOf = new Uint8Array(rows);
  await loading.database.numbers(
    `SELECT mdctr_position::INTEGER, mdctr_split${labels ? ', mdctr_label' : ''} FROM ${ROW_ATTRIBUTES}`,
    (row, split, label) => {
      for (let i = 0; i < row.length; i++) {
        splitOf[row[i]!] = split[i]!;
        if (labels) labels[row[i]!] = label[i]!;
      }
    },
  );
  const splits = { train: rowsOf(splitOf, 0), validation: rowsOf(splitOf, 1), test: rowsOf(splitOf, 2) };
  return { splits, ...(labels && { labels }) };
}

function rowsOf(splitOf: Uint8Array, split: number): Int32Array {
  const rows = sharedInt32(splitOf.reduce((count, other) => count + (other === split ? 1 : 0), 0));
  let next = 0;
  splitOf.forEach((other, row) => {
    if (other === split) rows[next++] = row;
  });
  return rows;
}
