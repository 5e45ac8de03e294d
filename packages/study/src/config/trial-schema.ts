import { configSchema, unitList, unitSchema } from '@mdctr/config';
import { closedSchema, type JsonSchema, type Registry } from '@mdctr/core';
import { type ConfigSections, EmbeddingOptions, SECTIONS } from './sections.js';

/** What trials and studies have in common. */
export function modelSections({
  data,
  training,
}: ConfigSections): Record<'data' | 'embedding' | 'training', JsonSchema> {
  return {
    data: closedSchema(data),
    embedding: closedSchema(EmbeddingOptions),
    training: { default: {}, ...closedSchema(training) },
  };
}

/** JSON Schema of a trial: data, one backbone with its plugins, one seed. */
export function trialSchema(registry: Registry, sections: ConfigSections = SECTIONS): JsonSchema {
  const { data, embedding, training } = modelSections(sections);
  return configSchema('A trial: one training run.', {
    data: data,
    embedding: embedding,
    backbone: { ...unitSchema(registry, 'backbone'), description: 'The network.' },
    plugins: { ...unitList(registry), description: 'Multi-domain methods, the first outermost.' },
    seed: { type: 'integer', minimum: 0, default: 1, description: 'Seed of initial values, shuffling and dropout.' },
    training: training,
  });
}
