import { existsSync, statSync } from 'node:fs';
import { MdctrError } from '@mdctr/core';
import { databaseError, literal, type Database } from './database.js';

/** Table of the raw rows: every column text, empty cells null, `rowid` in the order of the input. */
export const RAW = 'raw';

/** Names a row of the input for messages. */
export type Locate = (row: number) => { readonly file: string; readonly line?: number };

/**
 * Reads CSV files into the raw table.
 * @throws MdctrError MDCTR_DATA_FILES, MDCTR_DATA_MISSING, MDCTR_DATA_EMPTY, MDCTR_DATA_CSV.
 */
export async function readCsv(database: Database, files: readonly string[]): Promise<Locate> {
  if (files.length === 0) {
    throw new MdctrError('MDCTR_DATA_FILES', {
      what: 'No data file is named.',
      hint: 'Name one with --data FILE, or in data.source.files.',
    });
  }
  const starts: number[] = [];
  let total = 0;
  for (const [i, file] of files.entries()) {
    checkFile(file);
    const delimiter = /\.tsv$/i.test(file) ? '\\t' : ',';
    // skip and comment are fixed too: left to DuckDB's guess, lines that do not fit are passed over in silence.
    const options =
      `delim='${delimiter}', quote='"', escape='"', comment='', skip=0, header=true, all_varchar=true, ` +
      `nullstr='', strict_mode=true`;
    const source = `SELECT * FROM read_csv(${literal(file)}, ${options})`;
    try {
      await database.run(i === 0 ? `CREATE TABLE ${RAW} AS ${source}` : `INSERT INTO ${RAW} BY NAME ${source}`);
    } catch (cause) {
      throw databaseError(
        'MDCTR_DATA_CSV',
        `${file} cannot be read as CSV.`,
        'Check quoting and the number of cells in each line.',
        cause,
      );
    }
    const before = total;
    total = Number((await database.rows(`SELECT count(*) FROM ${RAW}`))[0]![0]);
    starts.push(before);
    if (total === before) {
      throw new MdctrError('MDCTR_DATA_EMPTY', {
        what: `${file} has no rows.`,
        expected: 'a header line and at least one row',
      });
    }
  }
  return (row) => {
    let file = files.length - 1;
    while (starts[file]! > row) file--;
    return { file: files[file]!, line: row - starts[file]! + 2 };
  };
}

/** Names of the raw columns, in order. */
export async function rawColumns(database: Database): Promise<string[]> {
  const rows = await database.rows(
    `SELECT column_name FROM duckdb_columns() WHERE table_name = '${RAW}' ORDER BY column_index`,
  );
  return rows.map(([name]) => String(name));
}

function checkFile(file: string): void {
  if (!existsSync(file)) {
    throw new MdctrError('MDCTR_DATA_MISSING', {
      what: `The data file ${file} is not there.`,
      hint: 'Check the path.',
    });
  }
  if (statSync(file).size === 0) {
    throw new MdctrError('MDCTR_DATA_EMPTY', {
      what: `${file} is empty.`,
      expected: 'a header line and at least one row',
    });
  }
}
