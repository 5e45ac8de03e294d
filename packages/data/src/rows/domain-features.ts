import { MdctrError, itemAt } from '@mdctr/base';
import { Loading } from '../database/loading.js';
import { quoted } from '../database/sql.js';
import { attributeOf, DOMAIN_FEATURES, ROW_ATTRIBUTES, ROWS_TO_ENCODE } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';
import { columnsOfFields } from './columns-of-fields.js';

/**
 * The value of each domain feature by domain, from the training rows.
 * @throws MdctrError MDCTR_DATA_DOMAIN_FEATURE that names a domain with two values.
 */
export async function learnDomainFeatures(
  loading: Loading,
  fields: readonly FieldSpec[],
  names: readonly string[],
  domains: readonly string[],
): Promise<Record<string, (string | null)[]>> {
  const values: Record<string, (string | null)[]> = {};
  for (const [i, column] of columnsOfFields(fields, names).entries()) {
    const byDomain = new Map<string, string | null>();
    const found = await loading.database.rows(
      `SELECT domain, min(${column}), max(${column}), count(*) - count(${column}) FROM ${ROWS_TO_ENCODE} WHERE split = 0 GROUP BY domain ORDER BY domain`,
    );
    for (const [domain, least, most, missing] of found as [string, string | null, string | null, bigint][]) {
      if (least !== most || (least !== null && missing > 0n)) {
        throw varies(itemAt(names, i), domain, least!, least === most ? null : most);
      }
      byDomain.set(domain, least);
    }
    values[itemAt(names, i)] = domains.map((domain) => byDomain.get(domain) ?? null);
  }
  return values;
}

/** Gives the rows of known domains their domain's features, whatever stands in the row. */
export async function setDomainFeatures(
  loading: Loading,
  fields: readonly FieldSpec[],
  features: Readonly<Record<string, readonly (string | null)[]>>,
  domains: readonly string[],
): Promise<void> {
  const names = Object.keys(features);
  if (names.length === 0) return;
  const rows = domains.map((domain, d) => [domain, ...names.map((name) => itemAt(features[name]!, d))]);
  await loading.database.textTable(DOMAIN_FEATURES, ['domain', ...names.map((_, i) => `v${i}`)], rows);
  for (const [i, column] of columnsOfFields(fields, names).entries()) {
    await loading.database.run(
      `UPDATE ${ROW_ATTRIBUTES} SET ${attributeOf(column)} = d.v${i} FROM ${DOMAIN_FEATURES} d
       WHERE mdctr_domain = d.domain AND ${attributeOf(column)} IS DISTINCT FROM d.v${i}`,
    );
  }
  await loading.database.run(`DROP TABLE ${DOMAIN_FEATURES}`);
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
