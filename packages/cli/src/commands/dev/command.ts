import { Command } from 'commander';
import type { DevFlags } from './run.js';

export function devCommand(): Command {
  return new Command('dev')
    .summary('check a plugin or backbone, and study it, whenever it is saved')
    .description(
      'Runs quick checks of the testkit on a plugin or backbone, then a study of about a minute, and both again whenever the file, a file that it imports, its test or its study is saved. A check that fails stops before the study.',
    )
    .argument('[target]', 'a .ts or .js file, or the folder of a package; neither needs a build', '.')
    .option(
      '--study <file>',
      "study config, which is run with one seed, one epoch and few rows (default: the folder's study.json, or one that is made)",
    )
    .option('--no-study', 'checks alone')
    .option('--once', 'run one time and end: 0 all is well, 1 something failed, 2 wrong usage')
    .option('--all', 'every check, with every variant on every backbone (default: the quick ones, on dnn and dcnv2)')
    .option('--backbone <names...>', 'backbones to check on and to study, by label or short name')
    .option('--filter <text>', 'checks whose id contains it, e.g. grad/')
    .option('--verbose', 'why checks are not applicable')
    .addHelpText(
      'after',
      `
On a terminal: Enter runs again, s the study alone, q ends.

Examples:
  npx mdctr dev                            the package in this folder
  npx mdctr dev weekday-scale.ts           one file
  npx mdctr dev . --no-study --filter grad/
  npx mdctr dev . --once                   in CI`,
    )
    .action(async (target: string, options: DevFlags) => (await import('./run.js')).dev(target, options));
}
