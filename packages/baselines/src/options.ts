import { closedSchema, SHORT_FORM, type JsonSchema } from '@mdctr/core';
import { BASELINES } from './list.js';

/** A baseline of a study's config, defaults filled in. */
export interface BaselineOptions {
  readonly name: string;
  /** In the table; by default that of the baseline. */
  readonly label?: string;
  readonly [option: string]: unknown;
}

/** JSON Schema of one baseline of a config: its name alone, or an object with its options. */
export function baselineSchema(): JsonSchema {
  const label: JsonSchema = { type: 'string', minLength: 1, description: 'Name in the table.' };
  return {
    type: 'object',
    required: ['name'],
    discriminator: { propertyName: 'name' },
    oneOf: BASELINES.map(({ name, description, options }): JsonSchema => {
      const { properties } = closedSchema(options);
      const ofName: JsonSchema = { enum: [name], description };
      return {
        type: 'object',
        properties: { name: ofName, label, ...properties },
        required: ['name'],
        additionalProperties: false,
      };
    }),
    $comment: SHORT_FORM,
  };
}
