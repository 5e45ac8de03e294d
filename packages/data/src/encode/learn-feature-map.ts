import { MdctrError } from '@mdctr/core';
import type { Database } from '../database/database.js';
import { GROUP_FIELD, learnDomainGroups, setDomainGroups } from '../rows/domain-groups.js';
import {
  learnDomainFeatures,
  mergeRareDomains,
  mergeUnknownDomains,
  setDomainFeatures,
  type DomainRule,
} from '../rows/domain-rules.js';
import { schemaOf, type FeatureMap } from './feature-map.js';
import type { FieldSpec } from '../options/field-spec.js';
import type { DataOptions } from '../options/data-options.js';
import { learnField, type LearnedField } from './learn-field.js';
import type { Locate } from '../read/read-files.js';
import { TYPED } from '../rows/create-rows.js';
import { learnVocabulary } from './vocabulary-tables.js';

export const UNSEEN = '(unseen)';

export type LearnOptions = Pick<DataOptions, 'label' | 'rareDomains' | 'domainFeatures' | 'domainGroups'> & {
  readonly fields: readonly FieldSpec[];
  readonly domain: readonly string[];
  readonly locate: Locate;
};

/**
 * Learns domains, and what each field's encoding needs, from the training rows. Rows of rare domains, domain features
 * and groups of domains are changed in the typed table on the way.
 * @throws MdctrError MDCTR_DATA_DOMAIN, MDCTR_DATA_DOMAIN_FEATURE, MDCTR_DATA_DOMAIN_GROUPS, MDCTR_DATA_NUMBER.
 */
export async function learnFeatureMap(database: Database, options: LearnOptions): Promise<FeatureMap> {
  const { fields, domain, domainFeatures = [], rareDomains, domainGroups, label, locate } = options;
  for (const name of domainFeatures) requireField(name, fields);
  const domainFields = [...domain, ...domainFeatures.filter((name) => !domain.includes(name))];
  const merged = rareDomains && (await mergeRareDomains(database, fields, domainFields, rareDomains));
  await refuseTooManyDomains(database, domain);
  const groups = domainGroups === undefined ? undefined : await learnDomainGroups(database, domainGroups);
  if (groups) await setDomainGroups(database, fields, groups);
  const domains = await learnVocabulary(database, 'domain', 1);
  const features = await learnDomainFeatures(database, fields, domainFields.slice(domain.length), domains);
  await setDomainFeatures(database, fields, features, domains);
  const rule: DomainRule = {
    key: domain,
    ...(merged && { rare: rareDomains.into }),
    ...(domainFields.length > domain.length && { features }),
    ...(groups && { groups }),
  };
  const learned: LearnedField[] = [];
  for (const [i, field] of fields.entries()) learned.push(await learnField(database, `f${i}`, field, locate));
  const specs = learned.map(({ spec }) => spec);
  const vocabularies = learned.map(({ vocabulary }) => vocabulary);
  const plain = rule.rare === undefined && !rule.features && !groups;
  const schema = schemaOf(specs, vocabularies, {
    fields: groups ? [GROUP_FIELD] : domainFields,
    domains: [UNSEEN, ...domains],
    rule,
  });
  return { schema, fields: specs, vocabularies, label, ...(!plain && { domainRule: rule }) };
}

/** Domains, their features and groups of further rows, as the training rows' were. */
export async function applyDomainRule(database: Database, { domainRule, fields, schema }: FeatureMap): Promise<void> {
  if (!domainRule) return;
  const { key, rare, features, groups } = domainRule;
  const known = groups?.domains ?? schema.domains.slice(1);
  if (rare !== undefined) {
    await mergeUnknownDomains(database, fields, groups ? key : schema.domainFields, { known, into: rare });
  }
  if (features) await setDomainFeatures(database, fields, features, known);
  if (groups) await setDomainGroups(database, fields, groups);
}

/**
 * Results, metrics and several methods hold something for each domain. So many come of a mistake (a user or a time for the
 * domain), and are told before they fill the memory.
 */
const MOST_DOMAINS = 100_000;

async function refuseTooManyDomains(database: Database, domain: readonly string[]): Promise<void> {
  const [row] = await database.rows(`SELECT count(DISTINCT domain) FROM ${TYPED} WHERE split = 0`);
  const count = Number(row![0]);
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
