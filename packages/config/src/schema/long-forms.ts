import { SHORT_FORM, type JsonSchema } from '@mdctr/core';

/** A value in which names stand for objects where the schema says `named`; `"dnn"` -> `{ "name": "dnn" }`. */
export function longForms(value: unknown, schema: JsonSchema): unknown {
  if (typeof value === 'string' && schema.$comment === SHORT_FORM) return { name: value };
  if (Array.isArray(value) && schema.items) return value.map((item) => longForms(item, schema.items!));
  if (value === null || typeof value !== 'object' || !schema.properties) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, longForms(part, schema.properties![key] ?? {})]),
  );
}
