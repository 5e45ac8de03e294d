import type { Database } from '../database/database.js';
import type { FieldSpec } from '../options/field-spec.js';
import { RAW } from '../read/read-files.js';

/** The first field whose expression fails on the raw rows, with the error, if there is one. */
export async function findFaultyExpression(
  database: Database,
  fields: readonly FieldSpec[],
): Promise<{ readonly name: string; readonly expression: string; readonly cause: unknown } | undefined> {
  for (const { name, expression } of fields) {
    if (expression === undefined) continue;
    try {
      await database.run(`SELECT count((${expression})::VARCHAR) FROM ${RAW}`);
    } catch (cause) {
      return { name, expression, cause };
    }
  }
  return undefined;
}
