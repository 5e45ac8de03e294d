import { MdctrError } from '@mdctr/core';
import type { Database } from '../database/database.js';
import type { FieldSpec } from '../options/field-spec.js';
import type { DataOptions } from '../options/data-options.js';
import { MARKS, TYPED } from './create-rows.js';

/** The field that a row's group is in. */
export const GROUP_FIELD = 'domain_group';

/** Domains cut into groups, each of which is a domain from then on. */
export interface DomainGroups {
  /** Number of groups. */
  readonly of: number;
  /** The domains that are cut, by training rows, the largest first: the one at place r is in group r mod `of`. */
  readonly domains: readonly string[];
}

/**
 * The spec of the group's field, where options ask for groups. Its value is set once domains are known; until then, and
 * for domains that training does not know, there is none.
 * @throws MdctrError MDCTR_CONFIG_VALUE beside domain features, MDCTR_DATA_COLUMN where the name is taken.
 */
export function groupField(
  { domainGroups, domainFeatures = [] }: Pick<DataOptions, 'domainGroups' | 'domainFeatures'>,
  taken: readonly string[],
): FieldSpec | undefined {
  if (domainGroups === undefined) return undefined;
  if (domainFeatures.length > 0) {
    throw new MdctrError('MDCTR_CONFIG_VALUE', {
      what: '"domainGroups" does not go with "domainFeatures": what describes a domain need not be the same in all of a group.',
      path: 'data.domainFeatures',
      found: domainFeatures.join(', '),
      hint: 'Take the domain features out; they stay fields like any other.',
    });
  }
  const twin = taken.find((name) => name.toLowerCase() === GROUP_FIELD);
  if (twin !== undefined) {
    throw new MdctrError('MDCTR_DATA_COLUMN', {
      what: `The data have a column or field "${twin}" already, and data.domainGroups adds a field of that name.`,
      path: 'data.domainGroups',
      hint: `Read it under another name, or not at all: data.source.columns, e.g. ["tab", {"name": "own_group", "expression": "${twin}"}].`,
    });
  }
  return { name: GROUP_FIELD, expression: 'NULL', minFrequency: 1 };
}

/**
 * Cuts the domains of the training rows into groups.
 * @throws MdctrError MDCTR_DATA_DOMAIN_GROUPS if there are fewer domains than groups.
 */
export async function learnDomainGroups(database: Database, of: number): Promise<DomainGroups> {
  const ranked = await database.rows(
    `SELECT domain FROM ${TYPED} WHERE split = 0 GROUP BY domain ORDER BY count(*) DESC, domain`,
  );
  const domains = ranked.map(([domain]) => String(domain));
  if (domains.length >= of) return { of, domains };
  throw new MdctrError('MDCTR_DATA_DOMAIN_GROUPS', {
    what: `${domains.length} ${domains.length === 1 ? 'domain' : 'domains'} cannot be cut into ${of} groups.`,
    path: 'data.domainGroups',
    expected: `at most ${domains.length}, the domains among the training rows`,
    found: String(of),
    hint: 'Ask for fewer groups, or name a domain of more values in data.domain.',
  });
}

/** Makes each row's group its domain, and the value of the group's field; domains that are in no group become unseen ones. */
export async function setDomainGroups(
  database: Database,
  fields: readonly FieldSpec[],
  { of, domains }: DomainGroups,
): Promise<void> {
  const column = `mdctr_f${fields.findIndex(({ name }) => name === GROUP_FIELD)}`;
  const labelled = domains.map((domain, rank) => [domain, `group ${(rank % of) + 1} of ${of}`]);
  await database.textTable('grouped', ['domain', 'label'], labelled);
  await database.run(`UPDATE ${MARKS} SET ${column} = g.label FROM grouped g WHERE mdctr_domain = g.domain`);
  await database.run(`UPDATE ${MARKS} SET mdctr_domain = ${column}; DROP TABLE grouped`);
}
