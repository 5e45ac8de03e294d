import { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { attributeOf, DOMAIN_GROUPS, fieldColumn, ROW_ATTRIBUTES, ROWS_TO_ENCODE } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';
import { GROUP_FIELD } from '../options/group-field.js';

/** Domains cut into groups, each of which is a domain from then on. */
export interface DomainGroups {
  /** Number of groups. */
  readonly of: number;
  /** The domains that are cut, by training rows, the largest first: the one at place r is in group r mod `of`. */
  readonly domains: readonly string[];
}

/**
 * Cuts the domains of the training rows into groups.
 * @throws MdctrError MDCTR_DATA_DOMAIN_GROUPS if there are fewer domains than groups.
 */
export async function learnDomainGroups(loading: Loading, of: number): Promise<DomainGroups> {
  const ranked = await loading.database.rows(
    `SELECT domain FROM ${ROWS_TO_ENCODE} WHERE split = 0 GROUP BY domain ORDER BY count(*) DESC, domain`,
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

/**
 * Makes each row's group its domain, and the value of the group's field; domains that are in no group become unseen
 * ones.
 */
export async function setDomainGroups(
  loading: Loading,
  fields: readonly FieldSpec[],
  { of, domains }: DomainGroups,
): Promise<void> {
  const column = attributeOf(fieldColumn(fields.findIndex(({ name }) => name === GROUP_FIELD)));
  const labelled = domains.map((domain, rank) => [domain, `group ${(rank % of) + 1} of ${of}`]);
  await loading.database.textTable(DOMAIN_GROUPS, ['domain', 'label'], labelled);
  await loading.database.run(
    `UPDATE ${ROW_ATTRIBUTES} SET ${column} = g.label FROM ${DOMAIN_GROUPS} g WHERE mdctr_domain = g.domain`,
  );
  await loading.database.run(`UPDATE ${ROW_ATTRIBUTES} SET mdctr_domain = ${column}; DROP TABLE ${DOMAIN_GROUPS}`);
}
