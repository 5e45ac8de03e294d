import { itemAt } from '@mdctr/base';
import type { FeatureSchema } from '@mdctr/core';
import { type FieldSpec, isTargetMean, poolingOf, sizeOf } from '../options/field-spec.js';
import type { PersistentInput } from '../read/persistent-input.js';
import type { DomainRule } from '../rows/domain-rule.js';
import type { TargetMeans } from './target-means/totals.js';

/** Everything needed to encode further rows as the training rows were. */
export interface FeatureMap {
  readonly schema: FeatureSchema;
  readonly fields: readonly FieldSpec[];
  /**
   * By field: value of each id from 1 on (`values[id - 1]`); id 0 is out of vocabulary. Empty for fields without one.
   */
  readonly vocabularies: readonly (readonly string[])[];
  /** By field: of those whose numbers are means of the label. Absent where none is. */
  readonly targetMeans?: readonly (TargetMeans | undefined)[];
  readonly label: string;
  /** Side tables and file column that further rows need; absent where there are none. */
  readonly input?: PersistentInput;
  /**
   * Merged domains, domain features and groups of domains; absent where the domain is the values of
   * `schema.domainFields`, as they are.
   */
  readonly domainRule?: DomainRule;
}

/**
 * The feature schema of fields with these vocabularies. `fields` of the domain are those that methods see as the
 * domain.
 */
export function schemaOf(
  fields: readonly FieldSpec[],
  vocabularies: readonly (readonly string[])[],
  domain: {
    readonly fields: readonly string[];
    readonly domains: readonly string[];
    readonly rule: DomainRule | undefined;
  },
): FeatureSchema {
  let offset = 0;
  const withOffsets = fields.map((spec, f) => {
    const pooling = poolingOf(spec);
    const field = {
      ...{ name: spec.name, size: sizeOf(spec, itemAt(vocabularies, f)), offset },
      ...(pooling && { pooling }),
      ...(isTargetMean(spec) && { targetMean: true as const }),
    };
    offset += field.size;
    return field;
  });
  const { fields: domainFields, domains, rule } = domain;
  return { fields: withOffsets, domainFields, domains, ...(rule?.groups && { domainSources: rule.key }) };
}
