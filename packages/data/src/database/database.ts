import { firstOf } from '@mdctr/base';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** DuckDB keeps at most this share of the machine's memory; what does not fit goes to the folder of temporary files. */
const MEMORY_SHARE = 0.5;

/** An in-memory DuckDB; one for each load. */
export async function withDatabase<T>(body: (database: Database) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.max(1024, Math.floor((MEMORY_SHARE * totalmem()) / 2 ** 20))}MiB`,
    temp_directory: join(tmpdir(), `mdctr-data-${process.pid}-${Date.now().toString(36)}`),
  });
  const connection = await instance.connect();
  // Tables in memory are compressed in an attached database alone, and there at checkpoints.
  await connection.run(`ATTACH ':memory:' AS store (COMPRESS)`);
  await connection.run('USE store');
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

  /** Compresses what tables hold by now: text that repeats takes a third of the memory, and less time to read. */
  async compress(): Promise<void> {
    await this.connection.run('CHECKPOINT store');
  }

  /** All rows as arrays of JS values; for small results. */
  async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRowsJS();
  }

  /**
   * The first cell of a result as a number; 0 for NULL.
   * @throws RangeError for a result without rows.
   */
  async number(sql: string): Promise<number> {
    return Number(firstOf(await this.rows(sql))[0] ?? 0);
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

  /**
   * Aggregates over all rows of a table, as numbers by name.
   * @param expressions SQL of each, which is never null.
   */
  async aggregates<Name extends string>(
    expressions: Readonly<Record<Name, string>>,
    from: string,
  ): Promise<Record<Name, number>> {
    const columns = Object.entries<string>(expressions).map(([name, sql]) => `${sql} AS "${name}"`);
    const row = firstOf(await this.rows(`SELECT ${columns.join(', ')} FROM ${from}`));
    const names = Object.keys(expressions) as Name[];
    return Object.fromEntries(names.map((name, i) => [name, Number(row[i])])) as Record<Name, number>;
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
  async numberedTable(name: string, values: readonly string[]): Promise<void> {
    await this.run(`CREATE TABLE ${name} (value VARCHAR, id INTEGER)`);
    const appender = await this.connection.createAppender(name);
    values.forEach((value, i) => {
      appender.appendVarchar(value);
      appender.appendInteger(i + 1);
      appender.endRow();
    });
    appender.closeSync();
  }

  /**
   * Calls `take` with pieces of a result whose columns are all numbers without nulls: one typed array a column, each
   * an argument, all of the same length. The order of the rows is not kept: select their numbers as well. The result is computed as a whole
   * first, on all threads; a streamed one would be computed on one.
   */
  async numbers(sql: string, take: (...columns: ArrayLike<number>[]) => void): Promise<void> {
    const result = await this.connection.run(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      take(
        ...Array.from(
          { length: chunk.columnCount },
          (_, i) => (chunk.getColumnVector(i) as unknown as NumberVector).items,
        ),
      );
    }
  }
}

/** A vector of INTEGER, UTINYINT or FLOAT, as the binding keeps it. */
interface NumberVector {
  readonly items: ArrayLike<number>;
}
