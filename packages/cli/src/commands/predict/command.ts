import { Command } from 'commander';
import { inputOption, jsonOption } from '../options.js';
import type { PredictFlags } from './run.js';

export function predictCommand(): Command {
  return new Command('predict')
    .summary('score rows with a trained model')
    .description(
      'Writes one click probability a row, in the order of the input. The label column may be missing; values and domains that training never saw are allowed.',
    )
    .argument('<artifact>', 'folder that `mdctr train --out` wrote')
    .addOption(inputOption())
    .option('--calibrated', 'calibrate the scores by domain, as the validation rows of the training say')
    .requiredOption('--out <file>', 'CSV file to write, one column `score`')
    .addOption(jsonOption())
    .action(async (artifact: string, options: PredictFlags) => (await import('./run.js')).predict(artifact, options));
}
