import { MdctrError } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EMBEDDING_PATH, type AssembledModel } from '@mdctr/core';
import { openSafetensors, chunksOf, readSafetensorsMetadata, type NamedArray } from '@mdctr/tensor';
import type { Calibration } from '../calibration/calibration.js';
import { ARTIFACT, ARTIFACT_VERSION, CALIBRATION, type ArtifactContents } from './save.js';

export interface LoadedArtifact extends ArtifactContents {
  readonly directory: string;
  /** Read from the artifact's file when they are asked for. */
  readonly weights: ReadonlyMap<string, NamedArray>;
}

/**
 * Reads an artifact.
 * @throws MdctrError MDCTR_ARTIFACT_MISSING, MDCTR_ARTIFACT_VERSION, MDCTR_ARTIFACT_DAMAGED, MDCTR_WEIGHTS_DAMAGED.
 */
export async function loadArtifact(directory: string): Promise<LoadedArtifact> {
  for (const name of Object.values(ARTIFACT)) {
    if (existsSync(join(directory, name))) continue;
    throw new MdctrError('MDCTR_ARTIFACT_MISSING', {
      what: `${directory} is not an artifact: it has no ${name}.`,
      hint: 'Name a folder that `mdctr train --out` wrote.',
    });
  }
  await refuseOtherVersion(join(directory, ARTIFACT.weights));
  const [config, fields, vocabularies, metrics] = await Promise.all(
    [ARTIFACT.config, ARTIFACT.fields, ARTIFACT.vocabularies, ARTIFACT.metrics].map((name) =>
      readDocument(join(directory, name)),
    ),
  );
  const weights = await openSafetensors(join(directory, ARTIFACT.weights));
  const file = join(directory, CALIBRATION);
  const calibration = existsSync(file) ? ((await readDocument(file)) as Calibration) : undefined;
  return { directory, config, fields, vocabularies, metrics, weights, ...(calibration && { calibration }) };
}

/**
 * Puts an artifact's weights into a model assembled from its config.
 * @throws MdctrError MDCTR_ARTIFACT_MISMATCH if a tensor is missing, superfluous, or of another shape.
 */
export function restoreWeights({ model, reload }: AssembledModel, weights: ReadonlyMap<string, NamedArray>): void {
  const left = new Map(weights);
  const take = (path: string, shape: readonly number[]): NamedArray => {
    const found = left.get(path);
    left.delete(path);
    if (!found) throw mismatch(`the weights lack "${path}"`);
    if (found.shape.join() !== shape.join()) {
      throw mismatch(`"${path}" has shape [${found.shape.join(', ')}], the model needs [${shape.join(', ')}]`);
    }
    return found;
  };
  const { store, table, schema } = model;
  for (const parameter of store.list()) parameter.write(take(parameter.path, parameter.shape).values);
  for (const { name, size, offset } of schema.fields) {
    table.writeChunks(chunksOf(take(`${EMBEDDING_PATH}/${name}`, [size, table.dim])), offset);
  }
  const [extra] = left.keys();
  if (extra !== undefined) throw mismatch(`the weights hold "${extra}", which the model does not have`);
  reload();
}

async function refuseOtherVersion(file: string): Promise<void> {
  const { version } = await readSafetensorsMetadata(file);
  if (version === String(ARTIFACT_VERSION)) return;
  throw new MdctrError('MDCTR_ARTIFACT_VERSION', {
    what: `The artifact ${dirname(file)} was written by another version of mdctr.`,
    expected: `layout version ${ARTIFACT_VERSION}`,
    found: version === undefined ? 'no version' : `layout version ${version}`,
    hint: 'Use the version of mdctr that trained it, or train again.',
  });
}

async function readDocument(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new MdctrError('MDCTR_ARTIFACT_DAMAGED', {
      what: `${file} is not valid JSON.`,
      found: (cause as Error).message,
      hint: 'Train again, or copy the artifact again as a whole.',
      cause,
    });
  }
}

function mismatch(what: string): MdctrError {
  return new MdctrError('MDCTR_ARTIFACT_MISMATCH', {
    what: `The artifact does not fit the installed packages: ${what}.`,
    hint: 'Install the versions of the packages that it was trained with.',
  });
}
