import { MdctrError } from '@mdctr/core';
import { bagsOfNumbers, type BagTable } from './bag-table.js';
import { cellsTable, readNumbers } from './distinct-values.js';
import { quoted, type Database } from '../database/database.js';
import { sharedFloat32, sharedInt32, type EncodedData } from './encoded-data.js';
import type { FeatureMap } from './feature-map.js';
import { hashedId } from './hash.js';
import { readLists } from './lists.js';
import { bucketIds, scaled } from './numbers.js';
import { RAW, rawColumns } from '../read/read-files.js';
import { MARKS } from '../rows/create-rows.js';
import { vocabularyTable } from './vocabulary-tables.js';

/** Fields whose ids are looked up together. */
const TOGETHER = 8;

/** Turns the typed rows into ids, by the vocabulary tables. */
export async function encode(database: Database, featureMap: FeatureMap, labelled: boolean): Promise<EncodedData> {
  const { schema } = featureMap;
  const rows = Number((await database.rows(`SELECT count(*) FROM ${MARKS}`))[0]![0]);
  const fields = schema.fields.length;
  const ids = sharedInt32(rows * fields);
  for (const { source, row, columns } of await fieldSources(database, featureMap)) {
    await lookUp(database, source, row, columns, ids, fields);
  }
  const bags = await bagsOrIds(database, featureMap, ids);
  const domains = sharedInt32(rows);
  const domain = inVocabulary('mdctr_domain', vocabularyTable('domain'), 0);
  await lookUp(database, MARKS, 'mdctr_position', [domain], domains, 1);
  const labels = labelled ? sharedFloat32(rows) : undefined;
  const splitOf = new Uint8Array(rows);
  await database.numbers(
    `SELECT mdctr_position::INTEGER, mdctr_split${labels ? ', mdctr_label' : ''} FROM ${MARKS}`,
    ([row, split, label]) => {
      for (let i = 0; i < row!.length; i++) {
        splitOf[row![i]!] = split![i]!;
        if (labels) labels[row![i]!] = label![i]!;
      }
    },
  );
  const splits = { train: rowsOf(splitOf, 0), validation: rowsOf(splitOf, 1), test: rowsOf(splitOf, 2) };
  return { schema, rows, ids, ...(bags && { bags }), ...(labels && { labels }), domains, splits, featureMap };
}

/** Where a column's ids go, and SQL that tells them: an expression over the source `t` and, it may be, a table that is joined. */
interface LookUp {
  readonly f: number;
  readonly id: string;
  readonly join?: string;
}

function inVocabulary(column: string, table: string, f: number): LookUp {
  return { f, id: `coalesce(v${f}.id, 0)`, join: `LEFT JOIN ${table} v${f} ON t.${column} = v${f}.value` };
}

/** Where the columns of the fields lie, in groups of one table: read there, and not in the view, rows are read by all threads. */
async function fieldSources(
  database: Database,
  { fields }: FeatureMap,
): Promise<{ source: string; row: string; columns: LookUp[] }[]> {
  const held = new Set(await rawColumns(database, MARKS));
  const all = [...fields.keys()];
  const groups: { source: string; row: string; columns: LookUp[] }[] = [];
  for (const inMarks of [true, false]) {
    const members = all.filter((f) => held.has(`mdctr_f${f}`) === inMarks);
    for (let begin = 0; begin < members.length; begin += TOGETHER) {
      const columns = members.slice(begin, begin + TOGETHER).map((f): LookUp => {
        const { name, encoding, list } = fields[f]!;
        const column = inMarks ? `mdctr_f${f}` : quoted(name);
        if (encoding?.kind === 'hash' && !list) return { f, id: hashedId(`t.${column}`, encoding) };
        return inVocabulary(column, encoding || list ? cellsTable(`f${f}`) : vocabularyTable(`f${f}`), f);
      });
      groups.push({ source: inMarks ? MARKS : RAW, row: inMarks ? 'mdctr_position' : 'rowid', columns });
    }
  }
  return groups;
}

/**
 * What becomes of the cells of fields whose values are not ids themselves: ids, which replace those of the cells, or bags,
 * by field; undefined where no field has bags.
 */
async function bagsOrIds(
  database: Database,
  { fields }: FeatureMap,
  ids: Int32Array,
): Promise<(BagTable | undefined)[] | undefined> {
  const tables: (BagTable | undefined)[] = fields.map(() => undefined);
  for (const [f, field] of fields.entries()) {
    const { encoding, list } = field;
    if (list) tables[f] = await readLists(database, `f${f}`, field);
    if (list || !encoding || encoding.kind === 'hash') continue;
    const { values } = await readNumbers(database, `f${f}`);
    if (encoding.kind === 'numeric') tables[f] = bagsOfNumbers(scaled(values, encoding));
    else {
      const idOf = bucketIds(values, encoding);
      for (let at = f; at < ids.length; at += fields.length) ids[at] = idOf[ids[at]!]!;
    }
  }
  return tables.some((table) => table) ? tables : undefined;
}

/** Writes the ids of columns: that of row r and column f at `r * width + f`. */
async function lookUp(
  database: Database,
  source: string,
  row: string,
  columns: readonly LookUp[],
  into: Int32Array,
  width: number,
): Promise<void> {
  const ids = columns.map(({ id }) => id);
  const joins = columns.flatMap(({ join }) => join ?? []);
  await database.numbers(
    `SELECT t.${row}::INTEGER, ${ids.join(', ')} FROM ${source} t ${joins.join(' ')}`,
    ([rows, ...found]) => {
      columns.forEach(({ f }, c) => {
        const values = found[c]!;
        for (let i = 0; i < values.length; i++) into[rows![i]! * width + f] = values[i]!;
      });
    },
  );
}

function rowsOf(splitOf: Uint8Array, split: number): Int32Array {
  const rows = sharedInt32(splitOf.reduce((count, other) => count + (other === split ? 1 : 0), 0));
  let next = 0;
  splitOf.forEach((other, row) => {
    if (other === split) rows[next++] = row;
  });
  return rows;
}

/** @throws MdctrError MDCTR_DATA_TRAIN_EMPTY, MDCTR_DATA_ONE_CLASS if nothing can be learned from the training rows. */
export function requireLearnable({ splits, labels }: EncodedData): void {
  const clicks = splits.train.reduce((sum, row) => sum + labels![row]!, 0);
  if (splits.train.length === 0) {
    throw new MdctrError('MDCTR_DATA_TRAIN_EMPTY', {
      what: 'No row is left for training.',
      hint: 'Lower data.split.validation and data.split.test.',
    });
  }
  if (clicks === 0 || clicks === splits.train.length) {
    throw new MdctrError('MDCTR_DATA_ONE_CLASS', {
      what: `All ${splits.train.length} training rows have the label ${clicks === 0 ? 0 : 1}.`,
      expected: 'rows of both labels',
      hint: 'Check data.label and data.split.',
    });
  }
}
