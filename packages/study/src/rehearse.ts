import { assembleTrial, type FeatureSchema, type Registry, type UnitConfig } from '@mdctr/core';

/** A model that a study will train. */
export interface PlannedModel {
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
}

/**
 * Builds every model once and throws it away, so that options which do not fit the data or each other (a field that is
 * not there, say) end the study before its first trial and not hours later. Vocabularies are cut to one id a field: the
 * tables, which take the time, are then a few rows.
 * @throws MdctrError what building a model throws.
 */
export function rehearse(
  models: readonly PlannedModel[],
  registry: Registry,
  schema: FeatureSchema,
  embedding: { readonly dim: number; readonly initStd: number },
): void {
  const fields = schema.fields.map(({ name }, offset) => ({ name, size: 1, offset }));
  const small: FeatureSchema = { ...schema, fields };
  for (const model of models) assembleTrial({ ...model, registry, schema: small, embedding, seed: 0 }).dispose();
}
