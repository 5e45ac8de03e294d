import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ProcessTree } from './process-tree.mjs';

const [RESIDENT_EVERY_MS, PROPORTIONAL_EVERY_MS] = [100, 1000];

/**
 * Runs a command to its end. `aucOf(line)` finds the validation AUC in a line of its stdout.
 * @returns seconds to that line and to the end, the AUC, and the peak memory of the process and all that it started, bytes.
 * @throws Error with the end of its stderr where it fails or prints no AUC.
 */
export async function measure({ program, args, cwd, aucOf }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)));
  const stop = () => child.kill();
  process.once('exit', stop); // Ctrl-C
  const memory = watchMemory(child.pid);
  const ended = once(child, 'exit');
  let found;
  for await (const line of createInterface({ input: child.stdout })) {
    const auc = aucOf(line);
    if (auc !== undefined) found ??= { auc, secondsToAuc: seconds() };
  }
  const [code] = await ended;
  process.off('exit', stop);
  const peaks = memory.stop();
  if (code !== 0 || !found) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${errors}`);
  return { ...found, seconds: seconds(), ...peaks };
}

function watchMemory(root) {
  const tree = new ProcessTree(root);
  const peaks = { resident: 0, proportional: 0 };
  const look = (what) => () => (peaks[what] = Math.max(peaks[what], tree[what]()));
  const timers = [
    setInterval(look('resident'), RESIDENT_EVERY_MS),
    setInterval(look('proportional'), PROPORTIONAL_EVERY_MS),
  ];
  return {
    stop() {
      timers.forEach(clearInterval);
      return peaks;
    },
  };
}
