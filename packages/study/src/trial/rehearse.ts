import { itemAt } from '@mdctr/base';
import { assembleModel, type FeatureSchema, type Registry } from '@mdctr/core';
import type { SettingModel } from '../plan/types.js';

/**
 * Builds every model once and throws it away, so that options which do not fit the data or each other (a field that is
 * not there, say) end the study before its first trial and not hours later. Vocabularies are cut to one id a field: the
 * tables, which take the time, are then a few rows.
 * @param schemas by place of the setting.
 * @throws MdctrError what building a model throws.
 */
export function rehearse(models: readonly SettingModel[], registry: Registry, schemas: readonly FeatureSchema[]): void {
  for (const model of models) {
    const schema = withOneId(itemAt(schemas, model.setting));
    const { baseMargin } = model.training;
    assembleModel({ ...model, registry, schema, seed: 0, baseMargin }).dispose();
  }
}

/** The schema with one id a field. */
export function withOneId(schema: FeatureSchema): FeatureSchema {
  return { ...schema, fields: schema.fields.map((field, offset) => ({ ...field, size: 1, offset })) };
}
