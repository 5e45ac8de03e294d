import { type Database, withDatabase } from './database.js';

/** Names a row of the input for messages. */
export type Locate = (row: number) => Promise<{ readonly file: string; readonly line?: number }>;

/**
 * What the rows are read for. `training`: whatever the options name must be there. `scoring`: rows may lack the label
 * and what a column is computed from, and may hold computed columns, columns of side tables and the file column
 * already, which are then taken as they are.
 */
export type LoadMode = 'training' | 'scoring';

/** One load of a data set, from its files to its encoded rows: what all of its steps share. */
export class Loading {
  /** Where a row of the input stands. Synthetic rows, and those that are not read yet, stand in no file. */
  locate: Locate = () => Promise.resolve({ file: '(synthetic)' });

  constructor(
    /** Holds the tables of `tables.ts`. */
    readonly database: Database,
    readonly mode: LoadMode,
  ) {}

  /** The same database, for tables that must be whole whatever the rows are read for: side tables. */
  forSideTables(): Loading {
    return new Loading(this.database, 'training');
  }
}

/** Runs the steps of one load, with a database of its own. */
export async function withLoading<T>(mode: LoadMode, steps: (loading: Loading) => Promise<T>): Promise<T> {
  return withDatabase((database) => steps(new Loading(database, mode)));
}
