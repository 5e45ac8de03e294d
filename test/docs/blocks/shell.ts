import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Commands that lines of the documents may call beside ours; what they do is not ours to check. */
const OTHERS = ['cd', 'export', 'mkdir', 'jq', 'apt-get', 'pip', 'git', 'python', 'jupyter', 'deno'];
/** What npm and pnpm know by themselves. */
const BUILT_IN = ['install', 'init', 'create', 'test', 'run', 'pack', 'publish'];

const words = (command: string): string[] =>
  (command.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replace(/["']/g, ''));

/** The single commands of a block, each as its words; comments, pipes and redirections taken apart. */
export function commandsOf(text: string): string[][] {
  return text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split(/&&|\|(?![^']*'$)|;/))
    .map((command) => words(command.replace(/ > \S+/, '')))
    .filter(({ length }) => length > 0);
}

/** Arguments of `mdctr` where a command calls it, in whichever way. */
export function mdctrArguments(command: readonly string[]): string[] | undefined {
  const text = command.join('\0');
  const call = /^(?:npx\0-y\0pnpm@10\0(?:-s\0)?|npx\0)?mdctr(?:\0|$)/.exec(text);
  return call ? text.slice(call[0].length).split('\0').filter(Boolean) : undefined;
}

/**
 * What is wrong with a command that is not `mdctr`; undefined if it is one that there is. Scripts lie in the checkout or in one of
 * `folders`: that of the document, those that the block changes to.
 */
export function complaint(command: readonly string[], root: string, folders: readonly string[]): string | undefined {
  const [tool, ...rest] = command;
  if (tool === 'npx' && rest[0] === '-y' && rest[1] === 'pnpm@10') return ofPnpm(rest.slice(2), root);
  if (tool === 'npm') return BUILT_IN.includes(rest[0]!) ? undefined : `npm has no command ${rest[0]}`;
  if (tool === 'node' || tool === 'python3')
    return ['', ...folders].some((folder) => existsSync(join(root, folder, rest[0]!)))
      ? undefined
      : `${rest[0]} is not there`;
  return OTHERS.includes(tool!) ? undefined : `unknown command: ${command.join(' ')}`;
}

function ofPnpm(args: readonly string[], root: string): string | undefined {
  if (args[0] === '-r' || args[0] === '--dir') return undefined;
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const known = [...Object.keys(scripts), 'install'];
  return known.includes(args[0]!) ? undefined : `package.json has no script ${args[0]}`;
}
