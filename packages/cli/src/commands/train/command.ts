import { Command } from 'commander';
import { dataOption, datasetOption, jsonLinesOption, noCacheOption, setOption, tensorBoardOption } from '../options.js';
import type { TrainFlags } from './run.js';

export function trainCommand(): Command {
  return new Command('train')
    .summary('train one model and save it')
    .description(
      'Trains the model of a trial config and saves it as an artifact (weights, config, fields, vocabularies, metrics).',
    )
    .argument('<trial>', 'trial config, JSON or YAML')
    .addOption(datasetOption())
    .addOption(dataOption())
    .requiredOption('--out <folder>', 'folder of the artifact')
    .option('--resume', 'go on from the last checkpoint of a training into the same folder that was broken off')
    .addOption(setOption())
    .addOption(tensorBoardOption())
    .addOption(noCacheOption())
    .addOption(jsonLinesOption())
    .action(async (trial: string, options: TrainFlags) => (await import('./run.js')).train(trial, options));
}
