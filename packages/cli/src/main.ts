import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench.js';
import { dataCommand } from './commands/data.js';
import { doctorCommand } from './commands/doctor.js';
import { listCommand } from './commands/list.js';
import { predictCommand } from './commands/predict.js';
import { schemaCommand } from './commands/schema.js';
import { trainCommand } from './commands/train.js';

/** Runs the command line; returns the exit code: 0, 1 for a mistake that the user can mend, 2 for wrong usage, 3 for a fault. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('mdctr')
    .description('Compare, compose and ship multi-domain CTR methods: backbones and plugins, like for like.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    .showHelpAfterError('(mdctr --help lists the commands)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  mdctr bench examples/quickstart/study.json          compare methods, end with a table
  mdctr train trial.json --data log.csv --out model   train one model
  mdctr predict model --data new.csv --out scores.csv score rows with it
  mdctr data describe log.csv --out trial.json        what a file holds, and a config for it
  mdctr doctor                                        how TensorFlow runs here, and what could be better

Exit codes: 0 done, 1 a mistake in config or data, 2 wrong usage, 3 a fault of mdctr.`,
    );
  for (const command of [
    benchCommand(),
    trainCommand(),
    predictCommand(),
    dataCommand(),
    listCommand(),
    schemaCommand(),
    doctorCommand(),
  ]) {
    program.addCommand(command.exitOverride());
  }
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    return report(error);
  }
}

/** Errors whose message is complete. By name: the rooms they come from are loaded only by the commands that need them. */
const FOR_USERS = ['MdctrError', 'MdctrErrors', 'TensorError'];

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Error && FOR_USERS.includes(error.name)) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') {
    process.stderr.write(
      `MDCTR_FILE_${code}: ${(error as Error).message}\n  try       Free some space, or write to another folder.\n`,
    );
    return 1;
  }
  process.stderr.write(`This is a fault of mdctr, please report it.\n${(error as Error).stack ?? String(error)}\n`);
  return 3;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
