import type { Database } from './database.js';
import type { FieldSpec } from './field-spec.js';
import { RAW } from './raw-table.js';

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
