import { MdctrError, firstOf } from '@mdctr/base';
import { formatPath, type ConfigDocument } from '@mdctr/config';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataPaths, loadData, MissingFile, type DataOptions, type EncodedData } from '@mdctr/data';
import { dataCache } from './data-cache.js';
import type { Progress } from '../terminal/progress.js';

/** What the user typed about the data. */
export interface DataFlags {
  /** Which of the config's `datasets`. */
  readonly dataset?: string;
  /** `--data`: files in place of those that the config names, or one folder that they lie in. */
  readonly data: readonly string[];
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

/** Loads the data of a config, and says what they are and what looks wrong with them. */
export async function openData(
  { config, document }: { config: { name: string; data: DataOptions }; document: ConfigDocument },
  { data: named, cache }: DataFlags,
  progress: Progress,
): Promise<EncodedData> {
  progress.show('reading the data');
  const [folder] = named.length === 1 && isFolder(firstOf(named)) ? named : [];
  const absolute = dataPaths(document);
  /** Paths in the config of the files that it names. */
  const places = new Map<string, string>();
  const data = await loadData(config.data, {
    ...(named.length > 0 && folder === undefined && { files: named }),
    resolvePath: (place, path) => {
      const file = folder === undefined ? absolute(place, path) : resolve(folder, path);
      places.set(file, formatPath(['data', ...place]));
      return file;
    },
    cache: dataCache(cache),
  }).catch((error: unknown) => {
    throw placed(error, document, places);
  });
  const { fields, domains } = data.schema;
  progress.done(`${config.name}: ${data.rows} rows, ${fields.length} fields, ${domains.length - 1} domains`);
  for (const warning of data.warnings ?? []) progress.done(`Warning: ${warning}`);
  return data;
}

/** An error about data with its place in the config, where it is about something that the config says. */
function placed(error: unknown, document: ConfigDocument, places: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof MdctrError) || error.details.at) return error;
  const path = error instanceof MissingFile ? places.get(error.path) : error.details.path;
  if (path === undefined) return error;
  const at = document.locate(path.split(/[.[\]]+/).filter((step) => step !== ''));
  return new MdctrError(error.code, { ...error.details, at, path });
}

/** What events say about the data. */
export function dataFacts({ rows, schema, splits }: EncodedData): object {
  const { train, validation, test } = splits;
  return {
    rows,
    fields: schema.fields.length,
    domains: schema.domains.length - 1,
    train: train.length,
    validation: validation.length,
    test: test.length,
  };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
