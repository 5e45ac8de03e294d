import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { StudyResults } from '@mdctr/report';
import type { SmallStudy } from './small-copy.js';

/** How the command is started: its program, what stands before its arguments, and its environment. */
export interface MdctrCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export type StudyOutcome =
  { readonly kind: 'results'; readonly results: StudyResults } | { readonly kind: 'failed'; readonly message: string };

/**
 * Runs a study by `mdctr bench` in a process of its own. All processes are gone when the promise settles, also where
 * `signal` ended them; the outcome is undefined then.
 */
export async function runSmallStudy(
  { config, set }: SmallStudy,
  out: string,
  command: MdctrCommand,
  { signal, onTrial }: { readonly signal: AbortSignal; readonly onTrial: (trial: number, trials: number) => void },
): Promise<StudyOutcome | undefined> {
  if (signal.aborted) return undefined;
  const overrides = set.flatMap((one) => ['--set', one]);
  const args = [...command.args, 'bench', config, '--json', '--fresh', '--out', out, ...overrides];
  const child = spawn(command.program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: command.env });
  // The command, and each process below it, ends when its parent hangs up.
  const end = (): void => void (child.connected && child.disconnect());
  signal.addEventListener('abort', end);
  let results: StudyResults | undefined;
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  createInterface(child.stdout!).on('line', (line) => {
    const event = JSON.parse(line) as { event: string; trial: number; trials: number };
    if (event.event === 'trial') onTrial(event.trial, event.trials);
    if (event.event === 'result') results = event as unknown as StudyResults;
  });
  // Not `close`, which never comes after `disconnect`.
  const output = [child.stdout!, child.stderr!].map((stream) => once(stream, 'close'));
  await once(child, 'exit');
  await Promise.all(output);
  signal.removeEventListener('abort', end);
  if (signal.aborted) return undefined;
  const failure = results?.failures?.[0];
  if (failure) {
    const { backbone, method, reason } = failure;
    return { kind: 'failed', message: `${backbone} + ${method} failed: ${reason}` };
  }
  return results ? { kind: 'results', results } : { kind: 'failed', message: errors.trim() };
}
