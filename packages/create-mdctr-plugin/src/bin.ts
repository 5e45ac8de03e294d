#!/usr/bin/env node
import { isMdctrError } from '@mdctr/base';
import { scaffoldCommand } from '@mdctr/scaffold';
import { CommanderError } from 'commander';

// Ctrl-C ends the process by way of its exit handlers, which remove what is half-written.
process.on('SIGINT', () => process.exit(130));

try {
  await scaffoldCommand('create-mdctr-plugin').parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Exit codes as those of mdctr: 1 for a mistake that the user can mend, 2 for wrong usage, 3 for a fault. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (isMdctrError(error)) process.stderr.write(`${message}\n`);
  else if (code !== undefined) process.stderr.write(`MDCTR_FILE_${code}: ${message}\n`);
  else process.stderr.write(`This is a fault of create-mdctr-plugin, please report it.\n${stack ?? message}\n`);
  return isMdctrError(error) || code !== undefined ? 1 : 3;
}
