import { Type, type Static, type TObject, type TSchema, type TUnsafe } from 'typebox';

/** The part of JSON Schema that configs use. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  discriminator?: { propertyName: string };
  [keyword: string]: unknown;
}

/** A plain copy of a TypeBox schema in which every object refuses unknown keys. */
export function closedSchema(schema: TSchema): JsonSchema {
  return close(JSON.parse(JSON.stringify(schema)) as JsonSchema);
}

function close(schema: JsonSchema): JsonSchema {
  for (const property of Object.values(schema.properties ?? {})) close(property);
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) close(branch);
  if (schema.items) close(schema.items);
  if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false;
  return schema;
}

/**
 * One of several objects, told apart by a tag: `taggedUnion('kind', [Type.Object({ kind: Type.Literal('csv'), ... })])`.
 * An error then speaks of the branch that the tag names, and of no other.
 */
export function taggedUnion<B extends TObject[]>(
  tag: string,
  branches: [...B],
  options: { description: string; default?: unknown },
): TUnsafe<Static<B[number]>> {
  return Type.Unsafe({
    type: 'object',
    required: [tag],
    discriminator: { propertyName: tag },
    oneOf: branches,
    ...options,
  });
}
