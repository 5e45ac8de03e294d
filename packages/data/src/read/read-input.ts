import { firstOf, itemAt, lastOf } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { INPUT_ROWS } from '../database/tables.js';
import { expandPatterns, type InputFile } from './expand-patterns.js';
import type { Input } from './input.js';
import { joinTables } from './join-tables.js';
import { asRemembered, persistentInput, type PersistentInput } from './persistent-input.js';
import { readFiles } from './read-files.js';
import { refuseSharedFiles } from './refuse-shared-files.js';

/** Where the validation and the test rows begin, of a split by file. */
export interface FileStarts {
  readonly validation: number;
  readonly test: number;
}

/** What `readInput` tells of the rows that it read. */
export interface ReadInput {
  /** Rows that were read; `whole` if these are all. */
  readonly rows: number;
  readonly whole: boolean;
  readonly fileStarts?: FileStarts;
  readonly persistent?: PersistentInput;
}

/**
 * Reads an input into `INPUT_ROWS`, and lets `loading` say where a row stands.
 * @param options.limit how many rows to read at most, by the number of columns; all without it.
 * @throws MdctrError as `readFiles` and `joinTables`, and MDCTR_DATA_SPLIT for a file that is in two splits.
 */
export async function readInput(
  loading: Loading,
  input: Input & Pick<PersistentInput, 'endings'>,
  { limit }: { readonly limit?: (columns: number) => number } = {},
): Promise<ReadInput> {
  const { files, splitFiles, fileColumn, joins, endings } = input;
  const groups = [files, splitFiles?.validation ?? [], splitFiles?.test ?? []];
  const inputs: InputFile[][] = [];
  for (const group of groups) inputs.push(await expandPatterns(loading, group, input));
  if (splitFiles) await refuseSharedFiles(inputs.map((files) => files.map(({ path }) => path)));
  const all = inputs.flat().map((file) => asRemembered(file, endings));
  const { locate, starts, whole } = await readFiles(loading, INPUT_ROWS, all, { fileColumn, limit });
  loading.locate = locate;
  const resolved = await joinTables(loading, joins);
  const [train, validation] = [firstOf(inputs).length, itemAt(inputs, 1).length];
  const persistent = persistentInput(input, resolved, all);
  return {
    rows: lastOf(starts),
    whole,
    ...(splitFiles && { fileStarts: { validation: starts[train]!, test: starts[train + validation]! } }),
    ...(persistent && { persistent }),
  };
}
