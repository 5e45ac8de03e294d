import { Type, type Static, type TObject, type TSchema, type TUnsafe } from 'typebox';

/** @internal The part of JSON Schema that configs use. */
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

/**
 * Keywords of our own that say something about an option and forbid nothing. `width: true`: a number of units of a layer, or a
 * list of such numbers; what networks of the same size are made by. `aliases`: what editors accept beside the choices.
 * @internal
 */
export const ANNOTATIONS = ['width', 'aliases'];

/** @internal A plain copy of a TypeBox schema in which every object refuses unknown keys. */
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

/** @internal Marks an object that may also be written as its name alone. */
export const SHORT_FORM = 'A name alone is allowed too.';

/**
 * An object with a name that configs may abbreviate to the name. The abbreviation is expanded before validation, so that
 * defaults are filled in. Editors accept both forms.
 */
export function named<O extends TObject>(object: O): TUnsafe<string | Static<O>> {
  return Type.Unsafe({ ...object, $comment: SHORT_FORM });
}

/** @internal Marks a list whose only item may also be written without the brackets. */
export const ONE_ALONE = 'One alone is allowed too.';

/** A list of one or more items; one alone may be written without the brackets, which are added before validation. */
export function oneOrMore<T extends TSchema>(
  items: T,
  options: { description: string },
): TUnsafe<Static<T> | Static<T>[]> {
  return Type.Unsafe({ type: 'array', items, minItems: 1, ...options, $comment: ONE_ALONE });
}

/**
 * A union of objects that differ in a tag: `taggedUnion('kind', [Type.Object({ kind: Type.Literal('csv'), ... })])`.
 * Error messages describe only the branch that the tag selects.
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
