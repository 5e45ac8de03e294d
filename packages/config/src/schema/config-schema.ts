import { closedSchema, type JsonSchema } from '@mdctr/core';
import { Type } from 'typebox';

const packages = Type.Array(Type.String(), {
  default: [],
  description:
    'Further packages with backbones and plugins to load: npm names, or paths to .js or .ts files beside this config. ' +
    'A package that is named in place of a backbone or plugin need not stand here.',
});

/** What every kind of config has, whatever it describes. */
const common: Readonly<Record<string, JsonSchema>> = {
  $schema: { type: 'string', description: 'Schema for editors; `mdctr schema` writes one.' },
  extends: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: 'Config files that this one is laid over, by path relative to this file.',
  },
  datasets: {
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Config files with "data" that this one can be laid over, by name; `--dataset` chooses.',
  },
  dataset: { type: 'string', description: 'Which of them; by default the first.' },
  name: { type: 'string', minLength: 1, description: 'Name in reports.' },
  description: { type: 'string', description: 'What this is for.' },
  packages: closedSchema(packages),
};

/**
 * JSON Schema of a kind of config.
 * @param properties of this kind; those without a default are required, but for `optional`.
 */
export function configSchema(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.entries(properties).flatMap(([key, schema]) =>
    schema.default === undefined && !optional.includes(key) ? [key] : [],
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    description,
    properties: { ...common, ...properties },
    required: ['name', ...required],
    additionalProperties: false,
  };
}
