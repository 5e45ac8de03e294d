import type { Loading } from '../database/loading.js';
import type { DataOptions } from '../options/data-options.js';
import { type FeatureMap, schemaOf } from './feature-map.js';
import { learnDomains, type LearnDomainsOptions } from './learn-domains.js';
import { type LearnedField, learnField } from './learn-field.js';

export type LearnOptions = LearnDomainsOptions & Pick<DataOptions, 'label'>;

/**
 * Learns domains, and what each field's encoding needs, from the training rows. Rows of rare domains, domain features
 * and groups of domains are changed in `ROW_ATTRIBUTES` on the way.
 * @throws MdctrError MDCTR_DATA_NUMBER, and what `learnDomains` throws.
 */
export async function learnFeatureMap(loading: Loading, options: LearnOptions): Promise<FeatureMap> {
  const { fields, label } = options;
  const { domains, domainFields, rule, plain } = await learnDomains(loading, options);
  const learned: LearnedField[] = [];
  for (const f of fields.keys()) learned.push(await learnField(loading, fields, f));
  const specs = learned.map(({ spec }) => spec);
  const vocabularies = learned.map(({ vocabulary }) => vocabulary);
  const schema = schemaOf(specs, vocabularies, { fields: domainFields, domains, rule });
  const targetMeans = learned.map(({ means }) => means);
  return {
    ...{ schema, fields: specs, vocabularies, label },
    ...(targetMeans.some((means) => means) && { targetMeans }),
    ...(!plain && { domainRule: rule }),
  };
}
