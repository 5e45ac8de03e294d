import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

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

/** `writesFail`: every write of a file ends with the system's error of that name, e.g. ENOSPC. */
type Run = (
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv; writesFail?: string },
) => Promise<Outcome>;

let host: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** The process that runs commands for all files of tests that share this one; it ends with this one. */
function hostProcess(): ChildProcess {
  if (host) return host;
  const child = fork(fileURLToPath(new URL('command-host.mjs', import.meta.url)), {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.once('exit', () => (host = undefined));
  child.unref();
  return (host = child);
}

/**
 * Runs the built command in a process that has run others before; much faster than `mdctr`, which starts one for each.
 * What a process keeps (TensorFlow's tier) stays the same for all calls.
 */
export const runInHost: Run = (args, { cwd = root, env = {}, writesFail } = {}) => {
  const outcome = last.then(
    () =>
      new Promise<Outcome>((resolve, reject) => {
        const child = hostProcess();
        const ended = (code: number | null): void => reject(new Error(`The host of the command ended with ${code}.`));
        child.once('exit', ended);
        child.once('message', (message) => {
          child.off('exit', ended);
          resolve(message as Outcome);
        });
        child.send({ args, cwd, env, writesFail });
      }),
  );
  last = outcome.catch(() => {});
  return outcome;
};
