import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DETAIL_INDENT, MdctrError } from '@mdctr/base';
import { pythonPath } from './python.js';

const SCRIPT = fileURLToPath(new URL('../../python/train_lightgbm.py', import.meta.url));

/** Lines of the script's output that an error shows. */
const LAST_LINES = 8;

/**
 * Runs the script on a folder. It ends when this process does, for its standard input ends then.
 * @throws MdctrError MDCTR_BASELINE_SCRIPT with its last lines where it fails; the reason of `signal`.
 */
export async function runScript(folder: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const python = pythonPath();
  const child = spawn(python, [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  const end = (): void => void child.kill();
  signal?.addEventListener('abort', end);
  let output = '';
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-10_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined); // it is gone: its exit says why
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal?.throwIfAborted();
    if (code !== 0) throw scriptError(python, `exit ${killedBy ?? code}`, output);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall?.startsWith('spawn')) {
      throw scriptError(python, (error as Error).message, output);
    }
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function scriptError(python: string, how: string, output: string): MdctrError {
  const lines = output.trim().split('\n').slice(-LAST_LINES);
  return new MdctrError('MDCTR_BASELINE_SCRIPT', {
    what: 'The Python script of the baseline "lightgbm" failed.',
    at: { file: SCRIPT },
    found: [`${how} of ${python}`, ...lines.filter((line) => line !== '')].join(DETAIL_INDENT),
    hint: 'Bring LightGBM up to date (pip install --upgrade lightgbm numpy), or name another Python with --python PATH.',
  });
}
