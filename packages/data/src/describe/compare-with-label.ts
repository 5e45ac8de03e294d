import { firstOf, itemAt } from '@mdctr/base';
import { fieldAucs } from '../checks/find-leaks.js';
import { Loading } from '../database/loading.js';
import { fieldColumn, ROWS_TO_ENCODE } from '../database/tables.js';
import { encode } from '../encode/encode.js';
import { learnFeatureMap } from '../encode/learn-feature-map.js';
import { createRows } from '../rows/create-rows.js';
import { type DescribedColumn, outcomeRemark } from './propose.js';

/** How well each column predicts the label alone, and remarks on outcomes that are rare. */
export async function compareWithLabel(loading: Loading, columns: DescribedColumn[], label: string): Promise<void> {
  const others = columns.filter(({ name, distinct }) => name !== label && distinct > 1);
  const fields = others.map(({ name }) => ({ name, minFrequency: 1 }));
  if (fields.length === 0) return;
  const split = { by: 'seed' as const, seed: 1, validation: 0, test: 0 };
  await createRows(loading, { fields, domain: [firstOf(fields).name], label, split });
  const map = await learnFeatureMap(loading, { fields, domain: [firstOf(fields).name], label });
  const aucs = await fieldAucs(loading, await encode(loading, map, true));
  for (const [i, column] of others.entries()) {
    column.auc = itemAt(aucs, i).auc;
    if (column.distinct + Math.min(1, column.missing) !== 2) continue;
    const field = fieldColumn(i);
    const values = await loading.database.rows(
      `SELECT coalesce(${field}, '(none)'), count(*), sum(label) FROM ${ROWS_TO_ENCODE} GROUP BY 1`,
    );
    const remark = outcomeRemark(
      values.map(([value, rows, clicks]) => ({ value: String(value), rows: Number(rows), clicks: Number(clicks) })),
      label,
    );
    if (remark) column.reasons.push(remark);
  }
}
