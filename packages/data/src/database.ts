import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { MdctrError } from '@mdctr/core';

/** An in-memory DuckDB; one for each load. */
export async function withDatabase<T>(body: (database: Database) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // Times with a zone have one text form, on every machine.
  await connection.run(`SET TimeZone = 'UTC'`);
  try {
    return await body(new Database(connection));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export class Database {
  constructor(readonly connection: DuckDBConnection) {}

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** All rows as arrays of JS values; for small results. */
  async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRowsJS();
  }

  /** Calls `take` with every value of a one-column result, in order. */
  async column<T>(sql: string, take: (value: T, row: number) => void): Promise<void> {
    const result = await this.connection.stream(sql);
    let row = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      for (const value of chunk.getColumnValues(0)) take(value as T, row++);
    }
  }

  /** A table of text; for small ones. */
  async textTable(
    name: string,
    columns: readonly string[],
    rows: readonly (readonly (string | null)[])[],
  ): Promise<void> {
    await this.run(`CREATE TABLE ${name} (${columns.map((column) => `${column} VARCHAR`).join(', ')})`);
    const appender = await this.connection.createAppender(name);
    for (const row of rows) {
      for (const cell of row) {
        if (cell === null) appender.appendNull();
        else appender.appendVarchar(cell);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  /** A table of numbered strings, ids from 1: columns value, id. */
  async vocabularyTable(name: string, values: readonly string[]): Promise<void> {
    await this.run(`CREATE TABLE ${name} (value VARCHAR, id INTEGER)`);
    const appender = await this.connection.createAppender(name);
    values.forEach((value, i) => {
      appender.appendVarchar(value);
      appender.appendInteger(i + 1);
      appender.endRow();
    });
    appender.closeSync();
  }
}

/** An SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** An SQL string. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** First line of DuckDB's message, as a data error. */
export function databaseError(code: string, what: string, hint: string, cause: unknown): MdctrError {
  const found = (cause as Error).message.split('\n').slice(0, 2).join(' ').trim();
  return new MdctrError(code, { what, found, hint, cause });
}
