import { MdctrError } from '@mdctr/base';
import { fileURLToPath } from 'node:url';
import { devOnce, devWatch, type DevContext, type DevOptions } from '@mdctr/dev';
import { builtinsWithRole } from '../../builtins.js';
import { tunedEnvironment } from '../../process/allocator.js';
import { Exit } from '../../process/exit.js';
import { Interrupted, onInterrupt } from '../../process/interrupt.js';

export interface DevFlags extends DevOptions {
  readonly once?: true;
}

/** Wrong usage. */
const WRONG_INPUT = 2;

/** @throws Exit with 1 if something failed and with 2 for wrong input; Interrupted */
export async function dev(target: string, { once, ...options }: DevFlags): Promise<void> {
  const end = new AbortController();
  let ended: 'SIGINT' | 'SIGTERM' | undefined;
  const release = onInterrupt((signal) => {
    ended = signal;
    end.abort();
  });
  const references = await builtinsWithRole('reference');
  const context: DevContext = { command: thisCommand(), references, signal: end.signal };
  try {
    if (!once) await devWatch(target, options, context);
    else {
      const code = await devOnce(target, options, context);
      if (code !== 0 && !ended) throw new Exit(code);
    }
    if (ended) throw new Interrupted(ended, '\nEnded.');
  } catch (error) {
    const wrong = error instanceof MdctrError && error.code.startsWith('MDCTR_DEV_');
    throw wrong ? new Exit(WRONG_INPUT, error.message) : error;
  } finally {
    release();
  }
}

/** The environment is set here already: a process that has to start another in its place would hide that one. */
function thisCommand(): DevContext['command'] {
  const bin = fileURLToPath(new URL('../../bin.js', import.meta.url));
  return { program: process.execPath, args: [bin], env: tunedEnvironment() ?? process.env };
}
