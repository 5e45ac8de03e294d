import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built command. */
export const bin = join(root, 'packages/cli/dist/bin.js');

/** Commands whose `--json` is JSON lines. */
const LINES = ['train', 'bench'];

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `mdctr` as a user would, in a process of its own. */
export function mdctr(
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

/** Like `mdctr`, for calls that must succeed; gives what `--json` printed, or the last of the events. */
export function mdctrJson<T>(args: readonly string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): T {
  const { code, stdout, stderr } = mdctr([...args, '--json'], options);
  if (code !== 0) throw new Error(`mdctr ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return (LINES.includes(args[0]!) ? eventsOf(stdout).at(-1) : JSON.parse(stdout)) as T;
}

/** JSON lines as objects. */
export const eventsOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'mdctr-cli-'));
