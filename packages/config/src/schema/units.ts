import {
  closedSchema,
  fullName,
  SHORT_FORM,
  type JsonSchema,
  type Registry,
  type Unit,
  type UnitKind,
} from '@mdctr/core';
import type { TSchema } from 'typebox';

/** Schema of a list of plugins: each its name alone, or an object with its options. */
export function unitList(registry: Registry): JsonSchema {
  return { type: 'array', items: unitSchema(registry, 'plugin'), default: [] };
}

/** Schema of one backbone or plugin that the registry has: its name alone, or an object with its options. */
export function unitSchema(
  registry: Registry,
  kind: UnitKind,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const units = registry.list(kind);
  if (units.length === 0) return { not: {}, description: `No ${kind} is installed.` };
  const branches = units.map((unit): JsonSchema => {
    const { properties, required = [], ...rest } = unit.options;
    const name = {
      enum: [unit.name, fullName(unit)],
      aliases: aliasesOf(unit, units),
      description: unit.description ?? `The ${kind} ${unit.name}.`,
    };
    return { ...rest, properties: { name, ...more, ...properties }, required: ['name', ...required] };
  });
  return {
    type: 'object',
    required: ['name'],
    discriminator: { propertyName: 'name' },
    oneOf: branches,
    $comment: SHORT_FORM,
  };
}

/** A package that a config names stands for its only unit of a kind; validation is given the unit's own name. */
function aliasesOf({ origin, packageName }: Unit, units: readonly Unit[]): string[] {
  if (!origin || origin.builtin) return [];
  return units.filter((other) => other.packageName === packageName).length === 1 ? [packageName] : [];
}

/** Plain schemas, in which every object refuses unknown keys, of TypeBox ones. */
export const closedSchemas = (schemas: Readonly<Record<string, TSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, closedSchema(schema)]));
