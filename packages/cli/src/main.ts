import { isMdctrError } from '@mdctr/base';
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench/command.js';
import { convertCommand } from './commands/convert/command.js';
import { dataCommand } from './commands/data/command.js';
import { devCommand } from './commands/dev/command.js';
import { doctorCommand } from './commands/doctor/command.js';
import { inspectCommand } from './commands/inspect/command.js';
import { listCommand } from './commands/list/command.js';
import { newCommand } from './commands/new/command.js';
import { predictCommand } from './commands/predict/command.js';
import { profileCommand } from './commands/profile/command.js';
import { reportCommand } from './commands/report/command.js';
import { schemaCommand } from './commands/schema/command.js';
import { trainCommand } from './commands/train/command.js';
import { Exit } from './process/exit.js';
import { Interrupted } from './process/interrupt.js';
import { pointToHelp } from './terminal/point-to-help.js';

/** All commands with their options, as the command line reads them and the documents list them. */
export function createProgram(): Command {
  const program = new Command('mdctr')
    .description('Compare, compose and ship multi-domain CTR methods: backbones and plugins, like for like.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    .showHelpAfterError('(npx mdctr --help lists the commands)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  npx mdctr bench                                         the quickstart study: methods compared, a table, a report
  npx mdctr bench study.json                              a study of your own
  npx mdctr train trial.json --data log.csv --out model   train one model
  npx mdctr profile trial.json --data log.csv             where a training step's time goes
  npx mdctr inspect trial.json --data log.csv             the model as a tree: sites, plugins, parameters
  npx mdctr predict model --data new.csv --out scores.csv score rows with it
  npx mdctr data describe log.csv --out trial.json        what a file holds, and a config for it
  npx mdctr new plugin foo                                a package for a plugin of your own
  npx mdctr convert fuxictr config --domain tab           FuxiCTR's config as one of ours
  npx mdctr dev plugin.ts                                 check it, and study it, whenever it is saved
  npx mdctr doctor                                        how TensorFlow runs here, and what could be better

Exit codes: 0 done, 1 a mistake in config or data, 2 wrong usage, 3 a fault of mdctr, 4 some trials of a study
failed, 130 interrupted.`,
    );
  for (const command of [
    benchCommand(),
    reportCommand(),
    trainCommand(),
    profileCommand(),
    inspectCommand(),
    predictCommand(),
    dataCommand(),
    listCommand(),
    schemaCommand(),
    newCommand(),
    convertCommand(),
    devCommand(),
    doctorCommand(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
    pointToHelp(command);
  }
  return program;
}

/**
 * Runs the command line; returns the exit code: 0, 1 for a mistake that the user can mend, 2 for wrong usage, 3 for a fault,
 * 4 for a study of which trials failed, 130 or 143 if it was told to end.
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv]);
    return 0;
  } catch (error) {
    return await report(error, argv);
  }
}

/** Exit code of a study of which trials failed. */
const INCOMPLETE = 4;

/** What the system says of a file, and what to do about it. */
const FILE_ERRORS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['The disk is full.', 'Free some space, or write to another disk.'],
  EDQUOT: ['The quota of the disk is used up.', 'Free some space, or write to another disk.'],
  EACCES: ['The place is not allowed.', 'Change its rights, or name another place.'],
  EPERM: ['The place is not allowed.', 'Change its rights, or name another place.'],
  EROFS: ['The disk can only be read.', 'Name another place.'],
  ENOTDIR: ['A part of the path is a file, not a folder.', 'Name another place.'],
  EISDIR: ['The path is a folder, not a file.', 'Name a file in it.'],
  EEXIST: ['There is a file in the way.', 'Name another place.'],
  ENOTEMPTY: ['The folder is not empty.', 'Name another place.'],
  ENAMETOOLONG: ['The name is too long.', 'Give it a shorter one.'],
  EMFILE: ['Too many files are open.', 'Raise the limit: ulimit -n 4096.'],
};

async function report(error: unknown, argv: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Loaded now: what it reads is of no use to a command that was typed rightly.
    const hint = (await import('./terminal/usage.js')).usageHint(error, argv[2] ?? '');
    if (hint) process.stderr.write(`${hint}\n`);
    return 2;
  }
  if (isMdctrError(error)) {
    process.stderr.write(`${error.message}\n`);
    return 'code' in error && error.code === 'MDCTR_STUDY_INCOMPLETE' ? INCOMPLETE : 1;
  }
  if (error instanceof Interrupted || error instanceof Exit) {
    if (error.message !== '') process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const wayOut = FILE_ERRORS[(error as NodeJS.ErrnoException).code ?? ''];
  if (wayOut) {
    const { code, message } = error as NodeJS.ErrnoException;
    // `ENOSPC: no space left on device, write '/log.csv.123.tmp'`; files are written beside their place.
    const [found, ...rest] = message.split(', ');
    const path = /'([^']+)'$/.exec(rest.join(', '))?.[1]?.replace(/\.\d+\.tmp$/, '');
    const at = path === undefined ? '' : `  at        ${path}\n`;
    process.stderr.write(`MDCTR_FILE_${code}: ${wayOut[0]}\n${at}  found     ${found}\n  try       ${wayOut[1]}\n`);
    return 1;
  }
  process.stderr.write(`This is a fault of mdctr, please report it.\n${(error as Error).stack ?? String(error)}\n`);
  return 3;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
