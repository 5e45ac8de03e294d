import { fieldColumn } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';

/** The columns of `ROWS_TO_ENCODE` that hold the fields of these names. */
export function columnsOfFields(fields: readonly FieldSpec[], names: readonly string[]): string[] {
  return names.map((name) => fieldColumn(fields.findIndex((field) => field.name === name)));
}
