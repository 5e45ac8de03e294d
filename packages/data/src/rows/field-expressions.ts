import type { MdctrError } from '@mdctr/base';
import { databaseError } from '../database/database-error.js';
import type { Loading } from '../database/loading.js';
import { INPUT_ROWS } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';

export const CAST_FIRST = 'All raw columns are text: CAST them first, or TRY_CAST where some are no numbers.';

/**
 * The error of fields that cannot be computed: MDCTR_DATA_EXPRESSION, which names the field.
 * @param pathOf where a config names a field.
 */
export async function fieldError(
  loading: Loading,
  fields: readonly FieldSpec[],
  pathOf: (field: string) => string | undefined,
  cause: unknown,
): Promise<MdctrError> {
  const faulty = await findFaultyExpression(loading, fields);
  return databaseError(
    'MDCTR_DATA_EXPRESSION',
    faulty
      ? `The expression of the field "${faulty.name}", ${faulty.expression}, does not work on this data.`
      : 'A field expression does not work on this data.',
    CAST_FIRST,
    faulty?.cause ?? cause,
    faulty && pathOf(faulty.name),
  );
}

/** The first field whose expression fails on the raw rows, with the error, if there is one. */
async function findFaultyExpression(
  { database }: Loading,
  fields: readonly FieldSpec[],
): Promise<{ readonly name: string; readonly expression: string; readonly cause: unknown } | undefined> {
  for (const { name, expression } of fields) {
    if (expression === undefined) continue;
    try {
      await database.run(`SELECT count((${expression})::VARCHAR) FROM ${INPUT_ROWS}`);
    } catch (cause) {
      return { name, expression, cause };
    }
  }
  return undefined;
}
