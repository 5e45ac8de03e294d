import { Command, Option } from 'commander';
import { dataOption, datasetOption, jsonOption, noCacheOption, setOption } from '../options.js';
import type { InspectFlags } from './run.js';

export function inspectCommand(): Command {
  return new Command('inspect')
    .summary('show a model as a tree: sites, plugins, parameters')
    .description(
      "Builds a trial's model, or one of a study's, without training it, and shows it in the order of the forward pass: sites with their shapes, the plugins that act there and their order, parameters, and what a row costs.",
    )
    .argument('<config>', 'trial or study config, JSON or YAML')
    .addOption(new Option('--format <format>', 'what is printed (default: tree)').choices(['tree', 'mermaid', 'json']))
    .option('--out <file>', 'write it there instead of printing it')
    .option('--html <file>', 'write a page there: one file, no network; nothing is printed then without --format')
    .option('--backbone <label>', 'of a study: which of its backbones')
    .option('--method <label>', 'of a study: which of its methods')
    .option('--setting <label>', 'of a study: which of its settings')
    .addOption(dataOption())
    .addOption(datasetOption())
    .addOption(setOption())
    .addOption(noCacheOption())
    .addOption(jsonOption())
    .action(async (config: string, options: InspectFlags) => (await import('./run.js')).inspect(config, options));
}
