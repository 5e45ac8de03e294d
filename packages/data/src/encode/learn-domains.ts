import { MdctrError } from '@mdctr/base';
import { Loading } from '../database/loading.js';
import { DOMAIN, ROWS_TO_ENCODE } from '../database/tables.js';
import { DataOptions } from '../options/data-options.js';
import type { FieldSpec } from '../options/field-spec.js';
import { GROUP_FIELD } from '../options/group-field.js';
import { learnDomainFeatures, setDomainFeatures } from '../rows/domain-features.js';
import { learnDomainGroups, setDomainGroups } from '../rows/domain-groups.js';
import type { DomainRule } from '../rows/domain-rule.js';
import { mergeRareDomains, mergeUnknownDomains } from '../rows/rare-domains.js';
import type { FeatureMap } from './feature-map.js';
import { learnVocabulary } from './vocabularies.js';

/** Label of the domain of id 0: all that training does not know. */
const UNSEEN = '(unseen)';

export interface LearnDomainsOptions extends Pick<DataOptions, 'rareDomains' | 'domainFeatures' | 'domainGroups'> {
  readonly fields: readonly FieldSpec[];
  /** Fields whose values make up the domain. */
  readonly domain: readonly string[];
}

/** The domains of the training rows. */
export interface LearnedDomains {
  /** Labels by id, that of the unseen domain first. */
  readonly domains: readonly string[];
  /** Fields that methods see as the domain. */
  readonly domainFields: readonly string[];
  readonly rule: DomainRule;
  /** Whether the domain is the values of `domainFields` as they are. */
  readonly plain: boolean;
}

/**
 * Learns the domains from the training rows. Rows of rare domains, domain features and groups of domains are changed in
 * `ROW_ATTRIBUTES` on the way.
 * @throws MdctrError MDCTR_DATA_DOMAIN, MDCTR_DATA_DOMAINS, MDCTR_DATA_DOMAIN_FEATURE, MDCTR_DATA_DOMAIN_GROUPS.
 */
export async function learnDomains(loading: Loading, options: LearnDomainsOptions): Promise<LearnedDomains> {
  const { fields, domain, domainFeatures = [], rareDomains, domainGroups } = options;
  for (const name of domainFeatures) requireField(name, fields);
  const describing = [...domain, ...domainFeatures.filter((name) => !domain.includes(name))];
  const merged = rareDomains && (await mergeRareDomains(loading, fields, describing, rareDomains));
  await refuseTooManyDomains(loading, domain);
  const groups = domainGroups === undefined ? undefined : await learnDomainGroups(loading, domainGroups);
  if (groups) await setDomainGroups(loading, fields, groups);
  const domains = await learnVocabulary(loading, DOMAIN, 1);
  const features = await learnDomainFeatures(loading, fields, describing.slice(domain.length), domains);
  await setDomainFeatures(loading, fields, features, domains);
  const rule: DomainRule = {
    key: domain,
    ...(merged && { rare: rareDomains.into }),
    ...(describing.length > domain.length && { features }),
    ...(groups && { groups }),
  };
  return {
    domains: [UNSEEN, ...domains],
    domainFields: groups ? [GROUP_FIELD] : describing,
    rule,
    plain: rule.rare === undefined && !rule.features && !groups,
  };
}

/** Domains, their features and groups of further rows, as the training rows' were. */
export async function applyDomainRule(loading: Loading, { domainRule, fields, schema }: FeatureMap): Promise<void> {
  if (!domainRule) return;
  const { key, rare, features, groups } = domainRule;
  const known = groups?.domains ?? schema.domains.slice(1);
  if (rare !== undefined) {
    await mergeUnknownDomains(loading, fields, groups ? key : schema.domainFields, { known, into: rare });
  }
  if (features) await setDomainFeatures(loading, fields, features, known);
  if (groups) await setDomainGroups(loading, fields, groups);
}

/**
 * Results, metrics and several methods hold something for each domain. So many come of a mistake (a user or a time for
 * the domain), and are told before they fill the memory.
 */
const MOST_DOMAINS = 100_000;

async function refuseTooManyDomains(loading: Loading, domain: readonly string[]): Promise<void> {
  const count = await loading.database.number(`SELECT count(DISTINCT domain) FROM ${ROWS_TO_ENCODE} WHERE split = 0`);
  if (count <= MOST_DOMAINS) return;
  throw new MdctrError('MDCTR_DATA_DOMAINS', {
    what: `The domain ${domain.join(' x ')} has too many values.`,
    path: 'data.domain',
    expected: `at most ${MOST_DOMAINS.toLocaleString('en-US')} domains among the training rows`,
    found: `${count.toLocaleString('en-US')} domains`,
    hint: 'Name a column of fewer values, or merge the rare ones: data.rareDomains, e.g. {"minRows": 100}.',
  });
}

function requireField(name: string, fields: readonly FieldSpec[]): void {
  if (fields.some((field) => field.name === name)) return;
  throw new MdctrError('MDCTR_DATA_DOMAIN', {
    what: `The domain feature "${name}" is not among the fields.`,
    path: 'data.domainFeatures',
    expected: `one of ${fields.map((field) => field.name).join(', ')}`,
    hint: 'Add it to data.fields.',
  });
}
