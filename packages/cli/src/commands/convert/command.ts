import { Command, Option } from 'commander';
import { jsonOption } from '../options.js';
import type { ConvertFlags } from './run.js';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `mdctr convert ...`: configs of other frameworks. */
export function convertCommand(): Command {
  return new Command('convert')
    .summary('make a config out of one of another framework')
    .description('Makes a config out of one of another framework, and tells what became of each of its keys.')
    .addCommand(
      new Command('fuxictr')
        .summary("FuxiCTR's model_config.yaml and dataset_config.yaml")
        .description(
          "Makes a trial of FuxiCTR's config of an experiment (models DNN and DCNv2), or a study with a grid search of its tuner's, and lists what was kept, changed and left out.",
        )
        .argument('<config>', "folder of model_config.yaml and dataset_config.yaml, or the tuner's file")
        .option('--experiment <id>', 'id of the experiment (default: the only one there is)')
        .option('--dataset <id>', "id of the data set (default: the experiment's dataset_id)")
        .option('--domain <field>', 'field that tells the domains apart (repeatable: a composite domain)', collect, [])
        .option('--data <folder>', "folder that the data files lie in (default: where FuxiCTR's config says)")
        .option('--out <file>', 'write the config there instead of printing it')
        .addOption(
          new Option(
            '--format <format>',
            'json, or yaml with a comment at each value (default: by the ending of --out, else json)',
          ).choices(['json', 'yaml']),
        )
        .addOption(jsonOption())
        .action(async (config: string, options: ConvertFlags) =>
          (await import('./run.js')).convertFuxictrConfig(config, options),
        ),
    );
}
