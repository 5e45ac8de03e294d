import {
  assembleModel,
  totalIds,
  type FeatureSchema,
  type HostBatch,
  type ModelSpec,
  type Registry,
} from '@mdctr/core';
import { withOneId } from '../trial/rehearse.js';

/** All that the cost of a model depends on. */
export interface MeasuredModel extends ModelSpec {
  readonly registry: Registry;
  readonly schema: FeatureSchema;
  /** Rows that operations are counted on: what a method does once a domain counts by the domains that are in it. */
  readonly sample: HostBatch;
}

export interface ModelCost {
  /** Trainable numbers but the embedding table, which is the same in all models of a study. */
  readonly parameters: number;
  /** Floating-point operations of predicting a row (a multiply-add is two). */
  readonly flops: number;
}

/**
 * Builds a model, counts, and throws it away. Vocabularies are cut to one id a field, for the tables would take the time, and
 * neither number depends on them.
 * @throws MdctrError what building a model throws.
 */
export function measureModel({ sample, schema, ...model }: MeasuredModel): ModelCost {
  const small = withOneId(schema);
  const assembled = assembleModel({ ...model, schema: small, seed: 0 });
  try {
    const parameters = assembled.model.store.count() - totalIds(small) * model.embedding.dim;
    const flops = assembled.model.flopsPerRow({ ...sample, uniqueIds: sample.uniqueIds.map(() => 0) });
    assembled.diagnostics(); // what the pass added is of no interest
    return { parameters, flops };
  } finally {
    assembled.dispose();
  }
}
