import type { MdctrError } from '@mdctr/base';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  featureMapFromJson,
  featureMapToJson,
  loadData,
  type DataOptions,
  type EncodedData,
  type FeatureMap,
} from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'mdctr-data-'));

/** Writes a file into a folder of this test run; returns its path. */
export function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const options: DataOptions = {
  source: { kind: 'files', files: [], joins: [] },
  label: 'click',
  domain: 'tab',
  fields: ['tab', 'item'],
  exclude: [],
  minFrequency: 1,
  split: { by: 'time', column: 'time', validation: 0, test: 0 },
};

export function load(files: string | string[], more: Partial<DataOptions> = {}): Promise<EncodedData> {
  return loadData({ ...options, ...more }, { files: [files].flat() });
}

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<MdctrError> {
  try {
    await promise;
  } catch (error) {
    return error as MdctrError;
  }
  throw new Error('nothing was thrown');
}

/** Text of row i in field f, as its vocabulary has it; `-` where it has no id. */
export function cell({ ids, featureMap, schema }: EncodedData, row: number, field: string): string {
  const f = schema.fields.findIndex(({ name }) => name === field);
  const id = ids[row * schema.fields.length + f]!;
  return id === 0 ? '-' : featureMap.vocabularies[f]![id - 1]!;
}

/** Text of a field in every row. */
export const cells = (data: EncodedData, field: string): string[] =>
  Array.from({ length: data.rows }, (_, row) => cell(data, row, field));

/** A feature map after a stay in an artifact. */
export const stored = (map: FeatureMap): FeatureMap =>
  featureMapFromJson(JSON.parse(JSON.stringify(featureMapToJson(map))) as ReturnType<typeof featureMapToJson>);

/** Writes the result of a query as a Parquet file. */
export async function parquet(name: string, query: string): Promise<string> {
  const path = file(name, '');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}
