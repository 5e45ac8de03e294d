import { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { INPUT_ROWS, ROWS_TO_SPLIT } from '../database/tables.js';

/** SQL: the label of a row as 0 or 1, null for any other text. Undefined: the rows have no label. */
export function labelExpression(label: string | undefined): string {
  if (label === undefined) return 'NULL::FLOAT';
  const column = quoted(label);
  return `CASE WHEN lower(${column}) IN ('1', '1.0', 'true') THEN 1::FLOAT WHEN lower(${column}) IN ('0', '0.0', 'false') THEN 0::FLOAT END`;
}

/** @throws MdctrError MDCTR_DATA_LABEL if the label of a row of `ROWS_TO_SPLIT` is neither 0 nor 1. */
export async function refuseBadLabels(loading: Loading, label: string): Promise<void> {
  const [bad] = await loading.database.rows(
    `SELECT mdctr_position, mdctr_input_row FROM ${ROWS_TO_SPLIT} WHERE mdctr_label IS NULL ORDER BY 1 LIMIT 1`,
  );
  if (!bad) return;
  const [value] = await loading.database.rows(
    `SELECT ${quoted(label)} FROM ${INPUT_ROWS} WHERE rowid = ${Number(bad[0])}`,
  );
  throw new MdctrError('MDCTR_DATA_LABEL', {
    what: `The label "${label}" of a row is neither 0 nor 1.`,
    at: await loading.locate(Number(bad[1])),
    expected: '0 or 1 (also 0.0, 1.0, true, false)',
    found: JSON.stringify(value?.[0] ?? ''),
    hint: labelHint(label, value?.[0]),
  });
}

/** A value can be made 0 or 1; a row without one can only be left out. */
function labelHint(label: string, value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(Number(value))) {
    return `Leave such rows out: data.where, e.g. ${quoted(label)} IN ('0', '1').`;
  }
  return `Compute a label: data.source.columns, e.g. ["*", {"name": "label", "expression": "CAST(${label} AS DOUBLE) >= 4"}].`;
}
