import { Command } from 'commander';
import { jsonOption } from '../options.js';
import type { ReportFlags } from './run.js';

export function reportCommand(): Command {
  return new Command('report')
    .summary('write the HTML report of a study')
    .description(
      "Writes one HTML page of a study's results: the table, figures, and what it takes to run the study again. The page needs no network.",
    )
    .argument('<results>', 'folder that bench wrote, or the results.json in it')
    .option('--out <file>', 'where the page goes (default: report.html beside results.json)')
    .addOption(jsonOption())
    .action(async (results: string, options: ReportFlags) => (await import('./run.js')).report(results, options));
}
