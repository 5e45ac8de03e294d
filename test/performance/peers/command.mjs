import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The process that trains `who` on the arrays of a folder: program, arguments and the folder to start it in. */
export function commandOf(who, folder, python) {
  const [what, precision = 'float32'] = who.split('@');
  const [library, model] = what.split(':');
  const last = [model, folder, '--precision', precision];
  return library === 'ours'
    ? { program: process.execPath, args: [`${here}ours.mjs`, ...last], cwd: here }
    : { program: python, args: ['-B', '-m', 'theirs', library, ...last], cwd: here };
}
