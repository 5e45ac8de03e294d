import { assembleTrial, type FeatureSchema, type Registry, type UnitConfig } from '@mdctr/core';
import type { TrainingOptions } from '@mdctr/training';

/** A model that a study will train, and how. */
export interface PlannedModel {
  /** Place of its setting, and so of its data, in the study. */
  readonly setting: number;
  readonly embedding: { readonly dim: number; readonly initStd: number };
  readonly training: TrainingOptions;
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
}

/**
 * Builds every model once and throws it away, so that options which do not fit the data or each other (a field that is
 * not there, say) end the study before its first trial and not hours later. Vocabularies are cut to one id a field: the
 * tables, which take the time, are then a few rows.
 * @param schemas by place of the setting.
 * @throws MdctrError what building a model throws.
 */
export function rehearse(models: readonly PlannedModel[], registry: Registry, schemas: readonly FeatureSchema[]): void {
  for (const model of models) {
    const schema = withOneId(schemas[model.setting]!);
    assembleTrial({ ...model, registry, schema, seed: 0 }).dispose();
  }
}

/** The schema with one id a field. */
export function withOneId(schema: FeatureSchema): FeatureSchema {
  return { ...schema, fields: schema.fields.map((field, offset) => ({ ...field, size: 1, offset })) };
}
