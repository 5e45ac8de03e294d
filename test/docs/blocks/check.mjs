// Opens configs and parses command lines with the built packages, in a process of its own; prints what is wrong as JSON.
// Standard input: { configs: [{ at, file, kind }], commands: [{ at, args }] }.
import { text } from 'node:stream/consumers';
import { builtinPackages } from '../../../packages/cli/dist/builtins.js';
import { createProgram } from '../../../packages/cli/dist/main.js';
import { openStudy, openTrial } from '../../../packages/study/dist/index.js';

const { configs, commands } = JSON.parse(await text(process.stdin));
const wrong = [];

for (const { at, file, kind } of configs) {
  try {
    await (kind === 'study' ? openStudy : openTrial)(file, { set: [], builtins: builtinPackages() });
  } catch (error) {
    wrong.push(`${at}: ${error.message}`);
  }
}

/** Nothing happens but parsing: unknown commands, options and choices are errors. */
function harmless(command) {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  command.commands.forEach(harmless);
  if (command.commands.length === 0) command.action(() => {});
  return command;
}
for (const { at, args } of commands) {
  try {
    await harmless(createProgram()).parseAsync(['node', 'mdctr', ...args]);
  } catch (error) {
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') continue;
    wrong.push(`${at}: mdctr ${args.join(' ')}: ${error.message}`);
  }
}
console.log(JSON.stringify(wrong));
