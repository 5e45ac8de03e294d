import { Command, Option } from 'commander';
import { HOOKS, LICENCES, type Kind } from './choices.js';
import type { RunOptions } from './run.js';

/**
 * The command that makes a package, called `command`. Without a `kind` there is an option `--kind`, and a plugin is what
 * is made where nobody can be asked.
 */
export function scaffoldCommand(command: string, kind?: Kind): Command {
  const what = kind ?? 'plugin or backbone';
  const made = new Command(command)
    .exitOverride()
    .summary(`make a package for a ${what} of your own`)
    .description(
      `Writes a package for a ${what} of your own: code to change, tests, a study, CI. On a terminal it asks for what is not given. Nothing that exists is written over.`,
    )
    .argument('[name]', `name, e.g. foo; or that of the package, e.g. @acme/mdctr-${kind ?? 'plugin'}-foo`);
  if (kind === undefined)
    made.addOption(new Option('--kind <kind>', 'what to make (default: plugin)').choices(['plugin', 'backbone']));
  if (kind !== 'backbone')
    made.addOption(
      new Option('--hook <hook>', 'hook that a plugin begins with (default: hidden)').choices(Object.keys(HOOKS)),
    );
  return made
    .addOption(new Option('--license <id>', 'licence (default: Apache-2.0)').choices(LICENCES))
    .option('--author <name>', 'whose copyright it is (default: the authors of the package)')
    .option('--out <folder>', "folder to write (default: the package's name without its scope)")
    .option('--single-file', 'write one TypeScript file and study.json into the folder (default: .), no package')
    .option('--yes', 'ask nothing, take the defaults')
    .option('--json', 'print what was written as JSON on stdout, and ask nothing')
    .addHelpText('after', kind === 'backbone' ? '' : `\nHooks:\n${hookLines()}`)
    .action(async function (this: Command, name: string | undefined, options: RunOptions) {
      const asks = !options.yes && !options.json && process.stdin.isTTY && process.stdout.isTTY;
      if (name === undefined && !asks) this.error("error: missing required argument 'name'");
      await (await import('./run.js')).run({ ...options, ...(kind && { kind }), ...(name && { name }) }, asks);
    });
}

const hookLines = (): string =>
  Object.entries(HOOKS)
    .map(([hook, does]) => `  ${hook.padEnd(10)} ${does}`)
    .join('\n');
