import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '@mdctr/base';
import type { BaselineInput, LabelledData } from '../baseline.js';
import type { Tried } from '../choose.js';
import type { Column } from '../columns/column.js';
import { gather } from '../columns/gather.js';
import type { LightgbmOptions } from './options.js';
import { runScript } from './run-script.js';

/** What the script says of each set of options: how many trees count. */
type Answer = readonly { readonly trees: number }[];

/**
 * Trains one model for each set of options, in Python. Columns, labels of training and validation rows and scores go through files in a
 * temporary folder: float32, little-endian, a column after the other. The script is given no labels of test rows.
 * @throws MdctrError MDCTR_BASELINE_SCRIPT; the reason of `input.signal`.
 */
export async function trainLightgbm(
  { data, seed, threads, selectBy, signal }: BaselineInput,
  columns: readonly Column[],
  candidates: readonly LightgbmOptions[],
): Promise<Tried[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mdctr-lightgbm-'));
  const release = removeAtExit(folder);
  try {
    await writeRows(folder, data, columns);
    const request = { columns: columns.length, candidates, seed, threads, auc: selectBy === 'auc' };
    await writeFile(join(folder, 'request.json'), JSON.stringify(request));
    await runScript(folder, signal);
    const answer = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8')) as Answer;
    return await Promise.all(
      candidates.map(async (options, i): Promise<Tried> => ({
        scores: {
          validation: await readFloats(join(folder, `validation-scores-${i}.f32`)),
          test: await readFloats(join(folder, `test-scores-${i}.f32`)),
        },
        chosen: { ...options, trees: answer[i]!.trees },
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
}

async function writeRows(folder: string, data: LabelledData, columns: readonly Column[]): Promise<void> {
  for (const split of ['train', 'validation', 'test'] as const) {
    const rows = data.splits[split];
    const parts = columns.map(({ values }) => bytesOf(gather(values, rows)));
    await writeFile(join(folder, `${split}.f32`), parts);
    if (split !== 'test') await writeFile(join(folder, `${split}-labels.f32`), bytesOf(gather(data.labels, rows)));
  }
}

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

async function readFloats(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
