import { writeAtomic } from '@mdctr/base';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { restoreModel, scoreFiles, type TrialConfig, startRuntime } from '@mdctr/study';
import { loadArtifact, requireCalibration } from '@mdctr/training';
import { builtinPackages } from '../../builtins.js';

export interface PredictFlags {
  readonly data: string[];
  readonly out: string;
  readonly calibrated?: true;
  readonly json?: true;
}

export async function predict(artifact: string, { data, out, calibrated, json }: PredictFlags): Promise<void> {
  const loaded = await loadArtifact(artifact);
  const { training } = loaded.config as TrialConfig;
  await startRuntime(training.precision, json === true); // that of training, so that scores are those it was judged by
  const calibration = calibrated && requireCalibration(loaded.calibration, `The artifact ${artifact}`);
  const model = await restoreModel(loaded, builtinPackages());
  const scores = await scoreFiles(model, data, calibration).finally(() => model.assembled.dispose());
  await writeScores(resolve(out), scores);
  if (json) process.stdout.write(`${JSON.stringify({ rows: scores.length, out })}\n`);
  else process.stdout.write(`${scores.length} rows scored. Written: ${out}\n`);
}

/** Lines that are written at a time: a write costs more than a line. */
const LINES = 1 << 14;

async function writeScores(file: string, scores: Float32Array): Promise<void> {
  await writeAtomic(file, async (temporary) => {
    const output = await open(temporary, 'w');
    try {
      await output.write('score\n');
      for (let begin = 0; begin < scores.length; begin += LINES) {
        let lines = '';
        // Nine digits tell any two float32 numbers apart.
        for (const score of scores.subarray(begin, begin + LINES)) lines += `${Number(score.toPrecision(9))}\n`;
        await output.writeFile(lines);
      }
    } finally {
      await output.close();
    }
  });
}
