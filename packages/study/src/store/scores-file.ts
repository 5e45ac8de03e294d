import { MdctrError, writeAtomic } from '@mdctr/base';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slug } from '../plan/slug.js';
import { scoresFile } from './study-files.js';

const pathOf = (folder: string, variant: string | undefined): string =>
  join(folder, scoresFile(variant && slug(variant)));

/** Writes a trial's scores, float32, little-endian, by ascending row, into its folder. */
export async function writeScores(folder: string, variant: string | undefined, scores: Float32Array): Promise<void> {
  await writeAtomic(pathOf(folder, variant), new Uint8Array(scores.buffer));
}

/**
 * Reads what `writeScores` wrote.
 * @throws MdctrError MDCTR_STUDY_DAMAGED where it is not there any more.
 */
export function readScores(folder: string, variant: string | undefined): Float32Array {
  const path = pathOf(folder, variant);
  if (!existsSync(path)) {
    throw new MdctrError('MDCTR_STUDY_DAMAGED', {
      what: `${path} is not there, and the trial's result is.`,
      hint: `Delete ${folder} and go on: that trial is run again.`,
    });
  }
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
