import { MdctrError } from '@mdctr/core';
import { quoted, type Database } from '../database/database.js';
import type { DomainGroups } from './domain-groups.js';
import type { FieldSpec } from '../options/field-spec.js';
import { MARKS, TYPED } from './create-rows.js';

/** How rows get their domain, beyond the values of one or several fields. */
export interface DomainRule {
  /** Fields whose values make up the domain. */
  readonly key: readonly string[];
  /** Label that rare domains were merged into; then all other domains that training does not know are merged too. */
  readonly rare?: string;
  /** Fields that describe a domain: the value (null: none) of each domain, in the order of the domains from id 1 on. */
  readonly features?: Readonly<Record<string, readonly (string | null)[]>>;
  /** How the domains, rare ones merged, are cut into groups; a group is then the domain. */
  readonly groups?: DomainGroups;
}

/** Columns of the typed view. */
function columnsOf(fields: readonly FieldSpec[], names: readonly string[]): string[] {
  return names.map((name) => `f${fields.findIndex((field) => field.name === name)}`);
}

/**
 * Merges the domains of fewer than `minRows` training rows: their rows get the domain `into`, and `into` as the value
 * of the domain's fields, so that all of them look alike to the model. Returns whether there were any.
 */
export async function mergeRareDomains(
  database: Database,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  { minRows, into }: { readonly minRows: number; readonly into: string },
): Promise<boolean> {
  await database.run(
    `CREATE TABLE kept AS SELECT domain FROM ${TYPED} WHERE split = 0 GROUP BY domain HAVING count(*) >= ${minRows}`,
  );
  const [rare] = await database.rows(
    `SELECT 1 FROM ${TYPED} WHERE split = 0 AND domain NOT IN (SELECT domain FROM kept) LIMIT 1`,
  );
  if (rare) await mergeOthers(database, fields, domainFields, into);
  await database.run('DROP TABLE kept');
  return rare !== undefined;
}

/** Merges every domain that training does not know, as `mergeRareDomains` did. */
export async function mergeUnknownDomains(
  database: Database,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  { known, into }: { readonly known: readonly string[]; readonly into: string },
): Promise<void> {
  await database.textTable(
    'kept',
    ['domain'],
    known.map((domain) => [domain]),
  );
  await mergeOthers(database, fields, domainFields, into);
  await database.run('DROP TABLE kept');
}

async function mergeOthers(
  database: Database,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  into: string,
): Promise<void> {
  const columns = ['mdctr_domain', ...columnsOf(fields, domainFields).map((column) => `mdctr_${column}`)];
  const text = `'${into.replaceAll("'", "''")}'`;
  await database.run(
    `UPDATE ${MARKS} SET ${columns.map((column) => `${column} = ${text}`).join(', ')}
     WHERE mdctr_domain NOT IN (SELECT domain FROM kept)`,
  );
}

/**
 * The value of each domain feature by domain, from the training rows.
 * @throws MdctrError MDCTR_DATA_DOMAIN_FEATURE that names a domain with two values.
 */
export async function learnDomainFeatures(
  database: Database,
  fields: readonly FieldSpec[],
  names: readonly string[],
  domains: readonly string[],
): Promise<Record<string, (string | null)[]>> {
  const values: Record<string, (string | null)[]> = {};
  for (const [i, column] of columnsOf(fields, names).entries()) {
    const byDomain = new Map<string, string | null>();
    const found = await database.rows(
      `SELECT domain, min(${column}), max(${column}), count(*) - count(${column}) FROM ${TYPED} WHERE split = 0 GROUP BY domain ORDER BY domain`,
    );
    for (const [domain, least, most, missing] of found as [string, string | null, string | null, bigint][]) {
      if (least !== most || (least !== null && missing > 0n)) {
        throw varies(names[i]!, domain, least!, least === most ? null : most);
      }
      byDomain.set(domain, least);
    }
    values[names[i]!] = domains.map((domain) => byDomain.get(domain) ?? null);
  }
  return values;
}

/** Gives the rows of known domains their domain's features, whatever stands in the row. */
export async function setDomainFeatures(
  database: Database,
  fields: readonly FieldSpec[],
  features: Readonly<Record<string, readonly (string | null)[]>>,
  domains: readonly string[],
): Promise<void> {
  const names = Object.keys(features);
  if (names.length === 0) return;
  const rows = domains.map((domain, d) => [domain, ...names.map((name) => features[name]![d]!)]);
  await database.textTable('described', ['domain', ...names.map((_, i) => `v${i}`)], rows);
  for (const [i, column] of columnsOf(fields, names).entries()) {
    await database.run(
      `UPDATE ${MARKS} SET mdctr_${column} = d.v${i} FROM described d
       WHERE mdctr_domain = d.domain AND mdctr_${column} IS DISTINCT FROM d.v${i}`,
    );
  }
  await database.run('DROP TABLE described');
}

function varies(name: string, domain: string, one: string, other: string | null): MdctrError {
  return new MdctrError('MDCTR_DATA_DOMAIN_FEATURE', {
    what: `The domain feature ${quoted(name)} is not the same in all training rows of the domain ${quoted(domain)}.`,
    path: 'data.domainFeatures',
    expected: 'one value for each domain',
    found: `${JSON.stringify(one)} and ${other === null ? 'no value' : JSON.stringify(other)}`,
    hint: 'Make it a plain field, or add it to data.domain.',
  });
}
