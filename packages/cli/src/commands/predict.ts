import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { predictWith } from '@mdctr/study';
import { Command } from 'commander';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { jsonOption } from './options.js';

interface Options {
  readonly data: string[];
  readonly out: string;
  readonly json?: true;
}

export function predictCommand(): Command {
  return new Command('predict')
    .summary('score rows with a trained model')
    .description(
      'Writes one click probability a row, in the order of the input. The label column may be missing; values and domains that training never saw are allowed.',
    )
    .argument('<artifact>', 'folder that `mdctr train --out` wrote')
    .requiredOption('--data <file...>', 'CSV files with the columns that the model was trained on')
    .requiredOption('--out <file>', 'CSV file to write, one column `score`')
    .addOption(jsonOption())
    .action(run);
}

async function run(artifact: string, { data, out, json }: Options): Promise<void> {
  await startRuntime('float32', json === true);
  const scores = await predictWith(artifact, data, builtinPackages());
  await writeScores(resolve(out), scores);
  if (json) process.stdout.write(`${JSON.stringify({ rows: scores.length, out })}\n`);
  else process.stdout.write(`${scores.length} rows scored. Written: ${out}\n`);
}

async function writeScores(file: string, scores: Float32Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const output = createWriteStream(temporary);
    output.write('score\n');
    for (const score of scores) {
      // Nine digits tell any two float32 numbers apart.
      if (!output.write(`${Number(score.toPrecision(9))}\n`)) await once(output, 'drain');
    }
    output.end();
    await finished(output);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
