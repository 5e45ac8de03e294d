import { MdctrError, removeAtExit } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EMBEDDING_PATH, type Model } from '@mdctr/core';
import type { Calibration } from '../calibration/calibration.js';
import { tableArray, writeSafetensors, type NamedArray } from '@mdctr/tensor';

/** Names of the files in an artifact; docs/reference/artifact.md describes their contents. */
export const ARTIFACT = {
  weights: 'weights.safetensors',
  config: 'config.json',
  fields: 'fields.json',
  vocabularies: 'vocabularies.json',
  metrics: 'metrics.json',
} as const;

/** The calibration of the scores; artifacts of trainings without validation rows have none. */
export const CALIBRATION = 'calibration.json';

/** The metrics by epoch, for spreadsheets; nothing reads it back. */
const METRICS_TABLE = 'metrics.csv';

/** Version of the layout. 2: metrics by name, `gauc` by the groups of data.gaucBy. */
export const ARTIFACT_VERSION = 2;

export interface ArtifactContents {
  readonly config: unknown;
  readonly fields: unknown;
  readonly vocabularies: unknown;
  readonly metrics: unknown;
  readonly calibration?: Calibration;
}

/**
 * Writes a trained model to a folder. The folder appears as a whole or not at all; an older artifact of that name is
 * replaced, anything else there is left alone. `metricsTable` is the text of metrics.csv.
 * @throws MdctrError MDCTR_ARTIFACT_OCCUPIED if the folder holds something else.
 */
export async function saveArtifact(
  directory: string,
  model: Model,
  contents: ArtifactContents,
  metricsTable?: string,
): Promise<void> {
  const target = resolve(directory);
  await refuseOccupied(target);
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  const release = removeAtExit(staging);
  try {
    await writeSafetensors(join(staging, ARTIFACT.weights), weightsOf(model), {
      format: 'mdctr',
      version: String(ARTIFACT_VERSION),
    });
    const documents = [
      [ARTIFACT.config, contents.config],
      [ARTIFACT.fields, contents.fields],
      [ARTIFACT.vocabularies, contents.vocabularies],
      [ARTIFACT.metrics, contents.metrics],
    ] as const;
    for (const [name, content] of documents)
      await writeFile(join(staging, name), `${JSON.stringify(content, null, 2)}\n`);
    if (contents.calibration) {
      await writeFile(join(staging, CALIBRATION), `${JSON.stringify(contents.calibration, null, 2)}\n`);
    }
    if (metricsTable !== undefined) await writeFile(join(staging, METRICS_TABLE), metricsTable);
    if (existsSync(target)) {
      const old = `${staging}-old`;
      await rename(target, old);
      await rename(staging, target);
      await rm(old, { recursive: true, force: true });
    } else await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  } finally {
    release();
  }
}

/** @throws MdctrError MDCTR_ARTIFACT_OCCUPIED; to be asked before hours of training. */
export async function refuseOccupied(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const names = await readdir(directory).catch(() => ['(a file)']);
  if (names.length === 0 || names.includes(ARTIFACT.weights)) return;
  throw new MdctrError('MDCTR_ARTIFACT_OCCUPIED', {
    what: `${directory} is there already and is no artifact.`,
    found: names.slice(0, 5).join(', '),
    hint: 'Name another folder with --out.',
  });
}

/** Every tensor by its path; the joint embedding table as one tensor a field, `embedding/FIELD`. */
function weightsOf({ store, table, schema }: Model): Map<string, NamedArray> {
  const parameters = store.list().map((parameter) => {
    return [parameter.path, { shape: parameter.shape, values: parameter.toHost() }] as const;
  });
  const fields = schema.fields.map(({ name, size, offset }) => {
    const array = tableArray([size, table.dim], () => table.chunks(offset, offset + size));
    return [`${EMBEDDING_PATH}/${name}`, array] as const;
  });
  return new Map<string, NamedArray>([...parameters, ...fields]);
}
