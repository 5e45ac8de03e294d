import { ONE_ALONE, SHORT_FORM, type JsonSchema } from '@mdctr/core';

/** The same schema for editors: the short form is allowed too, and nothing that has a default is required. */
export function editorSchema(schema: JsonSchema): JsonSchema {
  const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
  return relax(copy);
}

function relax(schema: JsonSchema): JsonSchema {
  const fromPackages = (schema.oneOf ?? []).some((branch) => branch.properties?.name?.aliases !== undefined);
  for (const [key, property] of Object.entries(schema.properties ?? {})) schema.properties![key] = relax(property);
  if (schema.items) schema.items = relax(schema.items);
  if (schema.anyOf) schema.anyOf = schema.anyOf.map(relax);
  if (schema.oneOf) schema.oneOf = schema.oneOf.map(relax);
  if (schema.required) {
    schema.required = schema.required.filter((key) => schema.properties?.[key]?.default === undefined);
    if (schema.required.length === 0) delete schema.required;
  }
  if (Array.isArray(schema.aliases)) {
    schema.enum?.push(...(schema.aliases as string[]));
    delete schema.aliases;
  }
  if (schema.$comment === ONE_ALONE) {
    const { description, $comment: _, ...list } = schema;
    return { ...(description && { description }), anyOf: [list.items!, list] };
  }
  if (schema.$comment !== SHORT_FORM) return schema;
  const { description, oneOf, ...object } = schema;
  delete object.discriminator;
  delete object.$comment;
  if (!oneOf) return { ...(description && { description }), anyOf: [{ type: 'string' }, object] };
  const names = oneOf.flatMap((branch) => branch.properties?.name?.enum ?? []);
  if (!fromPackages) {
    return {
      ...(description && { description }),
      anyOf: [
        { type: 'string', enum: names },
        { ...object, anyOf: oneOf },
      ],
    };
  }
  // Packages that this schema was written without: their names are fine, their options are not known.
  const other = { type: 'string', pattern: PACKAGE_NAME, not: { enum: names } };
  const unknown = { properties: { name: other }, required: ['name'] };
  return {
    ...(description && { description }),
    anyOf: [{ type: 'string', enum: names }, other, { ...object, anyOf: [...oneOf, unknown] }],
  };
}

/** What only a package or path can be: as `namesPackage` and `CONVENTION` have it. */
const PACKAGE_NAME = '^[./]|[@/>]|^mdctr-(plugin|backbone)-';
