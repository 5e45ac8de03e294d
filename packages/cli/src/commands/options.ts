import { InvalidArgumentError, Option } from 'commander';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Reads the number of an option that counts something. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give it a whole number from 1.');
}

/** Reads the number of an option that is a limit. */
export function positiveNumber(text: string): number {
  if (/^\d{1,9}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give it a number above 0.');
}

/** `--set path=value`, several times. */
export const setOption = (): Option =>
  new Option('--set <path=value>', 'override a value of the config, e.g. training.epochs=2 (repeatable)')
    .argParser(collect)
    .default([], 'none');

/** `--data FILE`, several times, in place of what the config names; or `--data FOLDER`. */
export const dataOption = (): Option =>
  new Option(
    '--data <file>',
    'file to read instead of those that the config names: CSV, TSV, Parquet, JSON Lines (repeatable); or the folder that these lie in',
  )
    .argParser(collect)
    .default([], "the config's files");

/** Which of the `datasets` that a config names. */
export const datasetOption = (): Option =>
  new Option('--dataset <name>', 'which of the data sets that the config names (default: its first)');

/** `--data FILE`, several times, at least once. */
export const inputOption = (): Option =>
  new Option(
    '--data <file>',
    'file with the columns that the model was trained on: CSV, TSV, Parquet, JSON Lines (repeatable)',
  )
    .argParser(collect)
    .makeOptionMandatory();

export const jsonOption = (): Option => new Option('--json', 'print the result as JSON on stdout, and no progress');

/** For commands that take a while. */
export const jsonLinesOption = (): Option =>
  new Option('--json', 'print events as JSON lines on stdout, the last one the result, and no progress');

export const tensorBoardOption = (): Option =>
  new Option('--tensorboard <folder>', 'write TensorBoard event files: loss, learning rate, validation metrics');

export const noCacheOption = (): Option =>
  new Option(
    '--no-cache',
    'encode the data again, and keep nothing of it (default: what was encoded before is reused)',
  );
