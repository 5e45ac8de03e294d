import { Loading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { attributeOf, KEPT_DOMAINS, ROW_ATTRIBUTES, ROWS_TO_ENCODE } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';
import { columnsOfFields } from './columns-of-fields.js';

/**
 * Merges the domains of fewer than `minRows` training rows: their rows get the domain `into`, and `into` as the value
 * of the domain's fields, so that all of them look alike to the model. Returns whether there were any.
 */
export async function mergeRareDomains(
  loading: Loading,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  { minRows, into }: { readonly minRows: number; readonly into: string },
): Promise<boolean> {
  await loading.database.run(
    `CREATE TABLE ${KEPT_DOMAINS} AS SELECT domain FROM ${ROWS_TO_ENCODE} WHERE split = 0 GROUP BY domain HAVING count(*) >= ${minRows}`,
  );
  const [rare] = await loading.database.rows(
    `SELECT 1 FROM ${ROWS_TO_ENCODE} WHERE split = 0 AND domain NOT IN (SELECT domain FROM ${KEPT_DOMAINS}) LIMIT 1`,
  );
  if (rare) await mergeOthers(loading, fields, domainFields, into);
  await loading.database.run(`DROP TABLE ${KEPT_DOMAINS}`);
  return rare !== undefined;
}

/** Merges every domain that training does not know, as `mergeRareDomains` did. */
export async function mergeUnknownDomains(
  loading: Loading,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  { known, into }: { readonly known: readonly string[]; readonly into: string },
): Promise<void> {
  await loading.database.textTable(
    KEPT_DOMAINS,
    ['domain'],
    known.map((domain) => [domain]),
  );
  await mergeOthers(loading, fields, domainFields, into);
  await loading.database.run(`DROP TABLE ${KEPT_DOMAINS}`);
}

async function mergeOthers(
  loading: Loading,
  fields: readonly FieldSpec[],
  domainFields: readonly string[],
  into: string,
): Promise<void> {
  const columns = ['mdctr_domain', ...columnsOfFields(fields, domainFields).map(attributeOf)];
  await loading.database.run(
    `UPDATE ${ROW_ATTRIBUTES} SET ${columns.map((column) => `${column} = ${literal(into)}`).join(', ')}
     WHERE mdctr_domain NOT IN (SELECT domain FROM ${KEPT_DOMAINS})`,
  );
}
