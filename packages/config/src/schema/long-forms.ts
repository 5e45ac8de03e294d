import { ONE_ALONE, SHORT_FORM, type JsonSchema } from '@mdctr/core';

/**
 * A value in which names stand for objects where the schema says `named`, `"dnn"` -> `{ "name": "dnn" }`, and an item for a
 * list where it says `oneOrMore`.
 */
export function longForms(value: unknown, schema: JsonSchema): unknown {
  if (typeof value === 'string' && schema.$comment === SHORT_FORM) return { name: value };
  if (schema.$comment === ONE_ALONE && value !== undefined && !Array.isArray(value)) return longForms([value], schema);
  if (Array.isArray(value) && schema.items) return value.map((item) => longForms(item, schema.items!));
  if (value === null || typeof value !== 'object' || !schema.properties) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, longForms(part, schema.properties![key] ?? {})]),
  );
}

/** A path into the long form as one into the value that was written: without the places of items that stand alone. */
export function pathAsWritten(path: readonly string[], value: unknown): string[] {
  let here = value;
  return path.filter((step) => {
    if (step === '0' && here !== undefined && !Array.isArray(here)) return false;
    here = here !== null && typeof here === 'object' ? (here as Record<string, unknown>)[step] : undefined;
    return true;
  });
}
