import { resolve } from 'node:path';
import { MdctrError, type ConfigDocument, type DocumentPath } from '@mdctr/core';
import { withDatabase, type Database } from './database/database.js';
import { restoreFields } from './encode/learn-field.js';
import { applyDomainRule, learnFeatureMap } from './encode/learn-feature-map.js';
import { encode, requireLearnable } from './encode/encode.js';
import { encodeGroups } from './encode/encode-groups.js';
import type { EncodedData } from './encode/encoded-data.js';
import type { FeatureMap } from './encode/feature-map.js';
import { fieldSpecs } from './options/field-spec.js';
import { copiesWarnings } from './checks/find-copies.js';
import { refuseLeaks } from './checks/find-leaks.js';
import { randomSplitWarning } from './checks/find-time.js';
import { holdOut } from './rows/hold-out.js';
import type { DataOptions } from './options/data-options.js';
import { inputOf, readInput, type Input, type PersistentInput } from './read/input.js';
import { cacheKey } from './cache/cache-key.js';
import { cachedPath, readCached, writeCached } from './cache/data-cache.js';
import { rawColumns, type Locate } from './read/read-files.js';
import type { FileStarts } from './rows/split-rows.js';
import { fillSynthetic } from './synthetic/index.js';
import { createTypedTable, MARKS } from './rows/create-rows.js';

export interface LoadContext {
  /** Replaces `source.files`; relative to the working directory. */
  readonly files?: readonly string[];
  /** Makes a path of the data section absolute, by where it stands in it; relative to the working directory by default. */
  readonly resolvePath?: (place: DocumentPath, path: string) => string;
  /** Folder of encoded data sets, and how many bytes they may take together; none by default. Synthetic data are never kept. */
  readonly cache?: { readonly folder: string; readonly maxBytes: number } | undefined;
}

/** Paths of a config's data section, each relative to the file that it was written in. */
export function dataPaths(document: ConfigDocument): NonNullable<LoadContext['resolvePath']> {
  return (place, path) => document.resolvePath(['data', ...place], path);
}

/**
 * Reads, splits and encodes a data set; vocabularies and domains come from the training rows alone. With
 * `context.cache`, what was encoded before from the same files with the same options is taken from there.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files, columns, labels or splits.
 */
export async function loadData(options: DataOptions, context: LoadContext = {}): Promise<EncodedData> {
  return withDatabase(async (database) => {
    const { cache } = context;
    const input = inputOf(options, context);
    const fromFiles = options.source.kind === 'files' || context.files !== undefined;
    const key = cache && fromFiles ? await cacheKey(database, options, input) : undefined;
    const cached = cache && key && (await readCached(cache.folder, key));
    if (cached) return { ...cached, cachedAt: cachedPath(cache.folder, key) };
    const data = await encodeFresh(database, options, fromFiles ? input : undefined);
    // Files that changed in the meantime are not what the key says.
    if (cache && key && key === (await cacheKey(database, options, input))) {
      await writeCached(cache.folder, key, data, cache.maxBytes);
      return { ...data, cachedAt: cachedPath(cache.folder, key) };
    }
    return data;
  });
}

/** `input` is undefined for synthetic data. */
async function encodeFresh(database: Database, options: DataOptions, input: Input | undefined): Promise<EncodedData> {
  const { source, label, split } = options;
  let locate: Locate = () => Promise.resolve({ file: '(synthetic)' });
  let persistent: PersistentInput | undefined;
  let fileStarts: FileStarts | undefined;
  let oracle: Float32Array | undefined;
  if (input) ({ locate, fileStarts, persistent } = await readInput(database, input));
  else if (source.kind === 'synthetic') oracle = await fillSynthetic(database, source);
  const domain = typeof options.domain === 'string' ? [options.domain] : options.domain;
  const fields = fieldSpecs(options, await rawColumns(database));
  const { domainFeatures, where } = options;
  const pathOf = (field: string): string | undefined => {
    const place = options.fields.findIndex((one) => (typeof one === 'string' ? one : one.name) === field);
    const own = options.fields[place];
    return (
      own && `data.fields[${place}]${typeof own === 'object' && own.expression !== undefined ? '.expression' : ''}`
    );
  };
  await createTypedTable(database, { fields, domain, domainFeatures, label, split, fileStarts, where, locate, pathOf });
  const heldOut = options.holdOut ? await holdOut(database, options.holdOut, { split, domain }) : [];
  if (oracle && where !== undefined) oracle = await ofKeptRows(database, oracle);
  const learned = await learnFeatureMap(database, { ...options, fields, domain, locate });
  const data = await encode(database, { ...learned, ...(persistent && { input: persistent }) }, true);
  requireLearnable(data);
  const { gaucBy } = options;
  const groups = gaucBy === undefined ? undefined : await encodeGroups(database, gaucBy, data.rows);
  const warnings = [
    ...domainWarnings(data),
    ...heldOut,
    // Synthetic rows are drawn independently, by a law that has no time.
    ...(input ? await splitWarnings(database, options, input) : []),
    ...(await refuseLeaks(database, data, label, options.allowLeak ?? [])),
  ];
  return { ...data, ...(oracle && { oracle }), ...(groups && { groups }), warnings };
}

/**
 * Encodes further rows as the training rows were; all of them are in the split `test`, in input order. Values and
 * domains never seen get id 0. The label column may be missing.
 */
export async function encodeWith(map: FeatureMap, files: readonly string[]): Promise<EncodedData> {
  return withDatabase(async (database) => {
    const { locate } = await readInput(
      database,
      { joins: [], ...map.input, files: files.map((file) => resolve(file)) },
      { toScore: true },
    );
    const label = (await rawColumns(database)).includes(map.label) ? map.label : undefined;
    const typed = createTypedTable(database, {
      fields: map.fields,
      domain: map.domainRule?.key ?? map.schema.domainFields,
      domainFeatures: map.schema.domainFields,
      label,
      split: undefined,
      locate,
    });
    await typed.catch((error: unknown) => {
      throw lacksColumn(error, files[0]!);
    });
    await applyDomainRule(database, map);
    await restoreFields(database, map, locate);
    return encode(database, map, label !== undefined);
  });
}

/** Rows to score that lack a column: which file, and what it takes. */
function lacksColumn(error: unknown, file: string): unknown {
  if (!(error instanceof MdctrError) || error.code !== 'MDCTR_DATA_COLUMN') return error;
  const { hint = 'Add the column', ...details } = error.details;
  const needed = 'rows to score have the columns that the model was trained on, under the same names.';
  return new MdctrError(error.code, { ...details, at: { file }, hint: `${hint.replace(/\.$/, '')}: ${needed}` });
}

/** From so many domains on, most have hardly any rows in a data set of usual size. */
const MANY_DOMAINS = 1000;

function domainWarnings({ schema, splits }: EncodedData): string[] {
  const count = schema.domains.length - 1;
  if (count <= MANY_DOMAINS) return [];
  const each = Math.round(splits.train.length / count);
  return [`${count} domains with ${each} training rows each on average; data.rareDomains merges those of few rows.`];
}

/** What makes the split of rows from files less than fair. */
async function splitWarnings(
  database: Database,
  { split, label }: DataOptions,
  { fileColumn }: Input,
): Promise<string[]> {
  const random = (split.by === 'seed' || split.by === 'group') && split.validation + split.test > 0;
  return [
    ...(random ? await randomSplitWarning(database, label) : []),
    ...(await copiesWarnings(database, fileColumn)),
  ];
}

/** The numbers of the rows that `where` has left, in their order. */
async function ofKeptRows(database: Database, numbers: Float32Array): Promise<Float32Array> {
  const kept: number[] = [];
  await database.column<bigint | number>(`SELECT mdctr_row FROM ${MARKS} ORDER BY mdctr_position`, (row) => {
    kept.push(numbers[Number(row)]!);
  });
  return Float32Array.from(kept);
}
