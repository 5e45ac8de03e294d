import { MdctrError, itemAt } from '@mdctr/base';
import { type FieldSpec, hasVocabulary, sizeOf, targetMeanOf } from '../options/field-spec.js';
import type { PersistentInput } from '../read/persistent-input.js';
import type { DomainRule } from '../rows/domain-rule.js';
import { type FeatureMap, schemaOf } from './feature-map.js';
import type { TargetMeans } from './target-means/totals.js';

/** The two JSON documents that an artifact holds. */
export interface FeatureMapJson {
  readonly fields: unknown;
  readonly vocabularies: unknown;
}

interface FieldsDocument {
  readonly label: string;
  readonly input?: PersistentInput;
  readonly domainRule?: DomainRule;
  readonly domain: readonly string[];
  readonly domains: readonly string[];
  readonly fields: readonly (FieldSpec & { readonly size: number })[];
}

export function featureMapToJson({
  schema,
  fields,
  vocabularies,
  targetMeans,
  label,
  input,
  domainRule,
}: FeatureMap): FeatureMapJson {
  const document: FieldsDocument = {
    label,
    ...(input && { input }),
    ...(domainRule && { domainRule }),
    domain: schema.domainFields,
    domains: schema.domains,
    // Always in this order, so that equal maps are equal files.
    fields: fields.map((spec, i) => ({ ...specOf(spec), size: itemAt(schema.fields, i).size })),
  };
  const known = fields.flatMap((spec, i) =>
    hasVocabulary(spec) ? [[spec.name, itemAt(vocabularies, i)] as const] : [],
  );
  const means = fields.flatMap((spec, i) => (targetMeans?.[i] ? [[spec.name, targetMeans[i]] as const] : []));
  return { fields: document, vocabularies: Object.fromEntries([...known, ...means]) };
}

/**
 * The inverse of `featureMapToJson`.
 * @throws MdctrError MDCTR_ARTIFACT_DAMAGED if the two documents do not fit together.
 */
export function featureMapFromJson(json: FeatureMapJson): FeatureMap {
  const document = json.fields as Partial<FieldsDocument>;
  const values = json.vocabularies as Record<string, string[] | TargetMeans | undefined>;
  if (!document?.fields || !document.domain || !document.domains || document.label === undefined || !values) {
    throw damaged('fields.json or vocabularies.json lacks a part.');
  }
  const specs = document.fields.map(specOf);
  const vocabularies = document.fields.map((field) => {
    const { name, size } = field;
    const vocabulary = hasVocabulary(field) ? values[name] : [];
    if (!Array.isArray(vocabulary)) throw damaged(`vocabularies.json has no field "${name}".`);
    if (sizeOf(field, vocabulary) !== size) {
      throw damaged(
        `Field "${name}" has ${vocabulary.length} values in vocabularies.json and ${size} ids in fields.json.`,
      );
    }
    return vocabulary;
  });
  const targetMeans = document.fields.map((field) =>
    targetMeanOf(field) ? meansOf(field, values[field.name]) : undefined,
  );
  const { label, input, domain, domains, domainRule } = document;
  const schema = schemaOf(specs, vocabularies, { fields: domain, domains, rule: domainRule });
  return {
    ...{ schema, fields: specs, vocabularies, label },
    ...(targetMeans.some((means) => means) && { targetMeans }),
    ...(input && { input }),
    ...(domainRule && { domainRule }),
  };
}

/** What a target mean was learned as. */
function meansOf({ name }: FieldSpec, found: string[] | TargetMeans | undefined): TargetMeans {
  const levels = found && !Array.isArray(found) ? found.levels : undefined;
  const whole = levels?.every(({ values, rows, positives }) =>
    [...values, positives].every((column) => column.length === rows.length),
  );
  if (!found || Array.isArray(found) || !whole)
    throw damaged(`vocabularies.json has no whole target means of "${name}".`);
  return found;
}

/** The keys of a spec, in one order. */
function specOf({ name, expression, minFrequency, encoding, list }: FieldSpec): FieldSpec {
  return {
    name,
    ...(expression !== undefined && { expression }),
    ...(minFrequency !== undefined && { minFrequency }),
    ...(encoding && { encoding }),
    ...(list && { list }),
  };
}

function damaged(what: string): MdctrError {
  return new MdctrError('MDCTR_ARTIFACT_DAMAGED', {
    what,
    hint: 'Train again, or copy the artifact again as a whole.',
  });
}
