import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { writeWhole } from '@mdctr/core';
import { predictWith, type TrialConfig } from '@mdctr/study';
import { loadArtifact } from '@mdctr/training';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';

export interface PredictOptions {
  readonly data: string[];
  readonly out: string;
  readonly json?: true;
}

export async function predict(artifact: string, { data, out, json }: PredictOptions): Promise<void> {
  const loaded = await loadArtifact(artifact);
  const { training } = loaded.config as TrialConfig;
  await startRuntime(training.precision, json === true); // that of training, so that scores are those it was judged by
  const scores = await predictWith(loaded, data, builtinPackages());
  await writeScores(resolve(out), scores);
  if (json) process.stdout.write(`${JSON.stringify({ rows: scores.length, out })}\n`);
  else process.stdout.write(`${scores.length} rows scored. Written: ${out}\n`);
}

async function writeScores(file: string, scores: Float32Array): Promise<void> {
  await writeWhole(file, async (temporary) => {
    const output = createWriteStream(temporary);
    output.write('score\n');
    for (const score of scores) {
      // Nine digits tell any two float32 numbers apart.
      if (!output.write(`${Number(score.toPrecision(9))}\n`)) await once(output, 'drain');
    }
    output.end();
    await finished(output);
  });
}
