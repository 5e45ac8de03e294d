import { baselineSchema } from '@mdctr/baselines';
import { closedSchemas, configSchema, unitList, unitSchema } from '@mdctr/config';
import type { JsonSchema, Registry } from '@mdctr/core';
import { type ConfigSections, SECTIONS } from './sections.js';
import { modelSections } from './trial-schema.js';

/** JSON Schema of a study: every backbone with every method, each with every seed. */
export function studySchema(registry: Registry, sections: ConfigSections = SECTIONS): JsonSchema {
  const { study, whole } = sections;
  const { data, embedding, training } = modelSections(sections);
  const optional = { baselines: BASELINES, ...closedSchemas({ ...study, ...whole }) };
  return configSchema(
    'A study: backbones x methods x seeds, compared in one table.',
    {
      data: data,
      embedding: embedding,
      backbones: backbones(registry),
      methods: methods(registry, sections),
      seeds: SEEDS,
      settings: settings(sections),
      ...optional,
      training: training,
    },
    Object.keys(optional),
  );
}

const SEEDS: JsonSchema = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'integer', minimum: 0 },
  default: [1],
  description: 'Every cell is trained once with each seed.',
};

const BASELINES: JsonSchema = {
  type: 'array',
  items: baselineSchema(),
  description:
    'Predictions without a network, at the top of the table; the networks are tested against the best of them. In every setting.',
};

function backbones(registry: Registry): JsonSchema {
  const label: JsonSchema = { type: 'string', minLength: 1, description: 'Name in the table.' };
  return {
    type: 'array',
    minItems: 1,
    items: unitSchema(registry, 'backbone', { label }),
    description: 'The networks to compare the methods on.',
  };
}

function methods(registry: Registry, { method }: ConfigSections): JsonSchema {
  return {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      properties: {
        label: { type: 'string', minLength: 1, description: 'Name of the method in the table.' },
        plugins: {
          ...unitList(registry),
          description: 'Its plugins, the first outermost; none for the plain backbone.',
        },
        ...closedSchemas(method),
      },
      required: ['label'],
      additionalProperties: false,
    },
    default: [{ label: 'plain', plugins: [] }],
    description: 'The methods to compare; one without plugins is the baseline of the gains.',
  };
}

function settings({ study }: ConfigSections): JsonSchema {
  const sections = ['data', 'embedding', 'training', ...Object.keys(study)];
  return {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        label: { type: 'string', minLength: 1, description: 'Name of the setting in the table.' },
        ...Object.fromEntries(sections.map((section) => [section, laidOver(section)])),
      },
      required: ['label'],
      additionalProperties: false,
    },
    default: [],
    description: 'Parts of the grid that differ in more than backbone and method: all of it is run under each.',
  };
}

/** What a setting's section may hold is checked when it is laid over the study's. */
const laidOver = (section: string): JsonSchema => ({
  type: 'object',
  additionalProperties: true,
  description: `Laid over the study's "${section}".`,
});
