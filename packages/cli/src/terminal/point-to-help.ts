import type { Command } from 'commander';

/** Has every command name its own help after wrong usage. */
export function pointToHelp(command: Command, path = `npx mdctr ${command.name()}`): void {
  const options = command.commands.length > 0 ? 'commands' : 'options';
  command.showHelpAfterError(`(${path} --help lists the ${options})`);
  for (const one of command.commands) pointToHelp(one, `${path} ${one.name()}`);
}
