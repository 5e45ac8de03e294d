import type { Loading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { distinctValuesTable, listsTable, vocabularyTable } from '../database/tables.js';
import type { FieldSpec, ListSpec } from '../options/field-spec.js';
import type { BagTable } from './bag-table.js';
import { hashedId } from './hash.js';
import { sharedInt32 } from './shared-arrays.js';

/** Splits the cells of a field of lists; empty parts are none, and of long lists one end is left out. */
export async function createLists(loading: Loading, column: string, list: ListSpec): Promise<void> {
  const { separator, maxLength, keep } = list;
  const parts = `list_filter(string_split(value, ${literal(separator)}), lambda part: part <> '')`;
  const kept =
    maxLength === undefined
      ? parts
      : keep === 'first'
        ? `list_slice(${parts}, 1, ${maxLength})`
        : `list_slice(${parts}, -${maxLength}, -1)`;
  await loading.database.run(
    `CREATE TABLE ${listsTable(column)} AS SELECT id, n, ${kept} AS parts FROM ${distinctValuesTable(column)}`,
  );
}

/** The bags of a field of lists, by the id of the cell; elements that the vocabulary lacks have id 0. */
export async function readLists(loading: Loading, column: string, { encoding }: FieldSpec): Promise<BagTable> {
  const lists = listsTable(column);
  const cells = await loading.database.number(`SELECT count(*) FROM ${lists}`);
  const starts = sharedInt32(cells + 2); // bag 0 is that of no value
  await loading.database.numbers(`SELECT id, len(parts)::INTEGER FROM ${lists}`, (ids, lengths) => {
    for (let i = 0; i < ids.length; i++) starts[ids[i]! + 1] = lengths[i]!;
  });
  for (let bag = 0; bag <= cells; bag++) starts[bag + 1]! += starts[bag]!;
  const elements = sharedInt32(starts[cells + 1]!);
  const unnested = `(SELECT id, unnest(parts) AS part, generate_subscripts(parts, 1)::INTEGER AS place FROM ${lists}) p`;
  const [id, join] =
    encoding?.kind === 'hash'
      ? [hashedId('p.part', encoding), '']
      : ['coalesce(v.id, 0)', `LEFT JOIN ${vocabularyTable(column)} v ON p.part = v.value`];
  await loading.database.numbers(`SELECT p.id, p.place, ${id} FROM ${unnested} ${join}`, (bags, places, ids) => {
    for (let i = 0; i < bags.length; i++) elements[starts[bags[i]!]! + places[i]! - 1] = ids[i]!;
  });
  return { starts, elements };
}
