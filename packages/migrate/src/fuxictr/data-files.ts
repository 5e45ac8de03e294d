import { MdctrError, firstOf } from '@mdctr/base';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Draft } from '../conversion-report.js';
import { numberOf, textOf, type Setting, type Settings } from './settings.js';

/** Where their files are looked for, and where our config will lie. */
export interface Places {
  /** Folder of their config files. */
  readonly configFolder: string;
  /** Folder that holds the data files, whatever the config says. */
  readonly dataFolder?: string | undefined;
  /** Folder of our config, which its paths are relative to. */
  readonly outFolder: string;
}

/**
 * The source and the split. Paths of FuxiCTR are relative to the folder that its scripts run in, as a rule that above the config folder.
 * @throws MdctrError MDCTR_CONVERT_FORMAT, MDCTR_CONVERT_VALUE
 */
export function convertFiles(settings: Settings, places: Places, draft: Draft): void {
  const format = settings.take('data_format');
  const ending = format ? String(format.value) : 'csv';
  if (ending !== 'csv' && ending !== 'parquet')
    throw new MdctrError('MDCTR_CONVERT_FORMAT', {
      what: `Data of the format ${ending} are already encoded, and nothing says what their numbers mean.`,
      at: format!.at,
      expected: 'csv or parquet',
      found: ending,
      hint: 'Name a data set of the files that these were made from: --dataset ID.',
    });
  draft.set('data.source.kind', 'files');
  if (format) draft.same(format, 'Read by the ending of the files.', 'data.source.files');
  const train = settings.take('train_data');
  if (!train)
    throw new MdctrError('MDCTR_CONVERT_DATASET', {
      what: 'The data set names no train_data.',
      at: format?.at ?? { file: places.configFolder },
      expected: 'train_data, a file or a folder',
    });
  const path = (setting: Setting): string => pathOf(setting, ending, places);
  draft.keep(train, 'data.source.files', [path(train)]);
  const separator = settings.take('sep');
  if (separator) {
    if (textOf(separator) === ',') draft.same(separator, 'Ours too.');
    else draft.keep(separator, 'data.source.csv.delimiter', textOf(separator));
  }
  convertSplit(settings, path, draft);
}

function convertSplit(settings: Settings, path: (setting: Setting) => string, draft: Draft): void {
  const [valid, test] = [settings.take('valid_data'), settings.take('test_data')];
  const [validSize, testSize] = [settings.take('valid_size'), settings.take('test_size')];
  const type = settings.take('split_type');
  const shares = [validSize, testSize].map((size) => (size ? numberOf(size) : 0));
  if (shares.every((share) => share === 0)) {
    draft.set('data.split', { by: 'file', validation: [], test: [] });
    const has = (setting: Setting | undefined): setting is Setting => setting !== undefined && setting.value !== null;
    if (has(valid)) draft.keep(valid, 'data.split.validation', [path(valid)]);
    else if (valid) draft.same(valid, 'null: no validation rows.');
    if (has(test) && has(valid) && test.value === valid.value)
      draft.change(
        test,
        'The same file as valid_data. mdctr refuses a file in two splits: rows that chose the epoch cannot test it.',
      );
    else if (has(test)) draft.keep(test, 'data.split.test', [path(test)]);
    else if (test) draft.same(test, 'null: no test rows.');
    for (const size of [validSize, testSize]) if (size) draft.same(size, '0: the files are the split.');
    if (type) draft.leaveOut(type, 'Not used without valid_size and test_size.');
    return;
  }
  for (const file of [valid, test]) if (file) draft.leaveOut(file, 'valid_size and test_size split train_data.');
  draft.set('data.split', { by: 'seed' });
  const size = (setting: Setting | undefined, share: number, name: string): void => {
    if (setting && share < 1) draft.keep(setting, `data.split.${name}`, share);
    else if (setting)
      draft.change(setting, `A number of rows there, a share here: 0.1 is taken.`, `data.split.${name}`, 0.1);
    else draft.set(`data.split.${name}`, 0);
  };
  size(validSize, firstOf(shares), 'validation');
  size(testSize, shares[1]!, 'test');
  if (type?.value === 'random') draft.keep(type, 'data.split.by', 'seed');
  else {
    const why = 'The last rows there, random ones here. For logs: split: { by: time, column: ... }.';
    if (type) draft.change(type, why, 'data.split.by', 'seed');
    else draft.add('split_type', 'data.split.by', 'seed', `sequential there. ${why}`);
  }
}

function pathOf(setting: Setting, ending: string, { configFolder, dataFolder, outFolder }: Places): string {
  const theirs = textOf(setting, 'a path');
  let path: string;
  if (dataFolder !== undefined) path = join(dataFolder, basename(theirs));
  else if (isAbsolute(theirs)) path = theirs;
  else {
    const above = dirname(resolve(configFolder));
    const places = [above, resolve(configFolder), dirname(above), resolve('')].map((folder) => join(folder, theirs));
    path = places.find((place) => existsSync(place)) ?? firstOf(places);
  }
  // As FuxiCTR reads it: what does not end with the format is a folder of such files.
  if (!path.endsWith(ending) || (existsSync(path) && statSync(path).isDirectory())) path = join(path, `*.${ending}`);
  return (relative(resolve(outFolder), resolve(path)) || path).replaceAll('\\', '/');
}
