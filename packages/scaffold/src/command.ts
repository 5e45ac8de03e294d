import { firstOf } from '@mdctr/base';
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
    .allowExcessArguments() // refused below, with what npm may have to do with them
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
      refuseRest(this);
      const asks = !options.yes && !options.json && process.stdin.isTTY && process.stdout.isTTY;
      if (name === undefined && !asks) {
        const example = command.startsWith('create-')
          ? 'npm create mdctr-plugin foo -- --yes'
          : `npx mdctr new ${command} foo --yes`;
        this.error(`error: missing required argument 'name'\nExample: ${example}`);
      }
      await (await import('./run.js')).run({ ...options, ...(kind && { kind }), ...(name && { name }) }, asks);
    });
}

/** Values of options that npm has for itself, and sets whether they were given or not. */
const OF_NPM = ['--yes', '--json', '--license'];

/**
 * Refuses further arguments. `npm create mdctr-plugin foo --hook hidden` is where they mostly come from: npm takes options
 * before `--` for its own, sets a variable of the environment for each, and passes on what stands between them.
 */
function refuseRest(command: Command): void {
  const [name = 'foo', ...rest] = command.args;
  const swallowed = command.options.filter(
    ({ long }) => long && !OF_NPM.includes(long) && process.env[`npm_config_${snake(long)}`] === 'true',
  );
  if (command.name() === 'create-mdctr-plugin' && swallowed.length > 0) {
    const valued = swallowed.filter(({ required }) => required);
    const value = valued.length === 1 && rest.length === 1 ? firstOf(rest) : 'VALUE';
    const options = swallowed.map(({ long, required }) => (required ? `${long} ${value}` : long)).join(' ');
    command.error(`error: npm keeps options that stand before \`--\`: npm create mdctr-plugin ${name} -- ${options}`);
  }
  if (rest.length > 0) command.error(`error: too many arguments: ${rest.join(' ')}. One is expected, the name.`);
}

const snake = (option: string): string => option.replace(/^--/, '').replaceAll('-', '_');

const hookLines = (): string =>
  Object.entries(HOOKS)
    .map(([hook, does]) => `  ${hook.padEnd(10)} ${does}`)
    .join('\n');
