import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CheckProgress, CheckRequest } from './check-process/messages.js';

/** How much of what the process wrote last is kept for the reason of a crash. */
const TAIL = 2000;

/**
 * Runs checks in a fresh process and tells what comes of them. The process is gone when the promise settles, also where
 * `signal` ended it.
 */
export async function runChecks(
  request: CheckRequest,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: CheckProgress) => void },
): Promise<void> {
  if (signal.aborted) return;
  const child = fork(fileURLToPath(new URL('check-process/worker.js', import.meta.url)), {
    execArgv: ['--enable-source-maps'], // places in .ts files
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-TAIL)));
  }
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  let done = false;
  child.on('message', (progress: CheckProgress) => {
    if (signal.aborted) return;
    if (progress.kind !== 'done') return onProgress(progress);
    done = true;
    child.disconnect();
  });
  child.send(request, () => undefined);
  const [code, killed] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('exit', (...how) => resolve(how));
  });
  signal.removeEventListener('abort', end);
  if (done || signal.aborted) return;
  onProgress({
    kind: 'broken',
    message: `The process of the checks ended (${killed ?? `exit code ${code}`}). ${output.trim()}`,
  });
}
