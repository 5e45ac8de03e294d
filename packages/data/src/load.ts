import { resolve } from 'node:path';
import type { ConfigDocument } from '@mdctr/core';
import { withDatabase, type Database } from './database.js';
import { encode, learnFeatureMap, requireLearnable } from './encode.js';
import type { EncodedData } from './encoded-data.js';
import type { FeatureMap, FieldSpec } from './feature-map.js';
import type { DataOptions } from './options.js';
import { rawColumns, readCsv, type Locate } from './raw-table.js';
import { fillSynthetic } from './synthetic/index.js';
import { createTypedTable, TYPED } from './typed-table.js';

export interface LoadContext {
  /** Replaces `source.files`; relative to the working directory. */
  readonly files?: readonly string[];
  /** Makes the paths of `source.files` absolute; the working directory's by default. */
  readonly resolvePath?: (index: number, path: string) => string;
}

/** Paths of a config's data section, each relative to the file that it was written in. */
export function dataPaths(document: ConfigDocument): NonNullable<LoadContext['resolvePath']> {
  return (index, path) => document.resolvePath(['data', 'source', 'files', index], path);
}

/**
 * Reads, splits and encodes a data set; vocabularies and domains come from the training rows alone.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files, columns, labels or splits.
 */
export async function loadData(options: DataOptions, context: LoadContext = {}): Promise<EncodedData> {
  const { source, label, split } = options;
  return withDatabase(async (database) => {
    let locate: Locate = () => ({ file: '(synthetic)' });
    let oracle: Float32Array | undefined;
    if (source.kind === 'synthetic' && !context.files) oracle = await fillSynthetic(database, source);
    else locate = await readCsv(database, inputFiles(options, context));
    const domain = typeof options.domain === 'string' ? [options.domain] : options.domain;
    const fields = await fieldSpecs(database, options);
    await createTypedTable(database, { fields, domain, label, split, where: options.where, locate });
    const featureMap = await learnFeatureMap(database, fields, domain, label);
    const data = await encode(database, featureMap, true);
    requireLearnable(data);
    if (!oracle) return data;
    return { ...data, oracle: options.where === undefined ? oracle : await ofKeptRows(database, oracle) };
  });
}

/**
 * Encodes further rows as the training rows were; all of them are in the split `test`, in input order. Values and
 * domains never seen get id 0. The label column may be missing.
 */
export async function encodeWith(map: FeatureMap, files: readonly string[]): Promise<EncodedData> {
  return withDatabase(async (database) => {
    const locate = await readCsv(
      database,
      files.map((file) => resolve(file)),
    );
    const label = (await rawColumns(database)).includes(map.label) ? map.label : undefined;
    await createTypedTable(database, {
      fields: map.fields,
      domain: map.schema.domainFields,
      label,
      split: undefined,
      locate,
    });
    return encode(database, map, label !== undefined);
  });
}

function inputFiles({ source }: DataOptions, { files, resolvePath }: LoadContext): string[] {
  if (files) return files.map((file) => resolve(file));
  return source.kind === 'csv' ? source.files.map((file, i) => resolvePath?.(i, file) ?? resolve(file)) : [];
}

async function fieldSpecs(database: Database, options: DataOptions): Promise<FieldSpec[]> {
  const { fields, minFrequency, label, split, exclude } = options;
  const named = fields.map((field) => (typeof field === 'string' ? { name: field } : field));
  const own = new Set(named.map(({ name }) => name));
  const left = new Set([label, ...exclude, ...(split.by === 'time' ? [split.column] : [])]);
  // With expressions alone, the plain columns are still all the others: an added field does not switch them off.
  const wholesale = named.every((field) => 'expression' in field && field.expression !== undefined);
  const columns = wholesale ? (await rawColumns(database)).filter((name) => !left.has(name) && !own.has(name)) : [];
  return [...columns.map((name) => ({ name })), ...named].map((field) => ({ minFrequency, ...field }));
}

/** The numbers of the rows that `where` has left, in their order. */
async function ofKeptRows(database: Database, numbers: Float32Array): Promise<Float32Array> {
  const kept = new Float32Array(numbers.length);
  let count = 0;
  await database.column<bigint>(`SELECT row FROM ${TYPED} ORDER BY row`, (row) => {
    kept[count++] = numbers[Number(row)]!;
  });
  return kept.subarray(0, count);
}
