// Peak memory of a whole `mdctr train`: `node test/performance/memory.mjs` (Linux, after a build). A fresh process reads a CSV
// file, trains an embedding table of 20 fields x --buckets ids x 16 by Adam until early stopping goes back to an earlier
// epoch, with a checkpoint an epoch, and writes the artifact; then another one scores the rows. Printed are the bytes of all
// weights, the peak of resident memory of each command by phase, and the bound: 3.5 times the weights and 500 MB.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tunedEnvironment } from '../../packages/cli/dist/process/allocator.js';
import { trialOfRows, writeRows } from './log-of-rows.mjs';

const { values: flags } = parseArgs({
  options: {
    buckets: { type: 'string', default: '500000' },
    rows: { type: 'string', default: '40000' },
    folder: { type: 'string', default: '.' },
  },
});
const MB = 1e6;
const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));

const encoding = { kind: 'hash', buckets: Number(flags.buckets) };
// Labels are random, so the first epoch is the best one and patience ends the training.
const trial = trialOfRows({
  name: 'memory',
  training: { epochs: 4, patience: 1, optimizer: { kind: 'adam', learningRate: 0.003 } },
  fieldOf: (name) => ({ name, encoding }),
});

const work = mkdtempSync(join(flags.folder, 'memory-'));
try {
  await writeRows(join(work, 'rows.csv'), Number(flags.rows), 1e7);
  writeFileSync(join(work, 'trial.json'), JSON.stringify(trial));
  const { parameters, bestEpoch, epochs } = await measure('train', [
    'trial.json',
    '--out',
    'model',
    '--no-cache',
    '--json',
  ]);
  if (bestEpoch === epochs) console.log('Training did not go back to an earlier epoch.');
  await measure('predict', ['model', '--data', 'rows.csv', '--out', 'scores.csv']);
  const weights = 4 * parameters;
  console.log(`weights ${mb(weights)} MB, bound ${mb(3.5 * weights + 500 * MB)} MB`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Runs a command and prints its peak, after each event too that it reports; gives what the last event said. */
async function measure(command, rest) {
  const child = spawn(process.execPath, [BIN, command, ...rest], {
    cwd: work,
    env: tunedEnvironment() ?? process.env, // as the command would start itself again
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const look = () => (peak = Math.max(peak, peakOf(child.pid)));
  const timer = setInterval(look, 50);
  const facts = {};
  let rest_ = '';
  child.stdout.on('data', (text) => {
    look();
    const lines = (rest_ + text).split('\n');
    rest_ = lines.pop();
    for (const line of lines.filter((line) => line.startsWith('{'))) {
      const { event, seconds, ...event_ } = JSON.parse(line);
      if (event === 'epoch') facts.epochs = event_.epoch;
      if (event === 'result') Object.assign(facts, { parameters: event_.parameters, bestEpoch: event_.bestEpoch });
      if (event !== 'progress')
        console.log(`${command}: ${event} at ${seconds.toFixed(1)} s, peak so far ${mb(peak)} MB`);
    }
  });
  const [code] = await once(child, 'close');
  clearInterval(timer);
  if (code !== 0) throw new Error(`mdctr ${command} ended with ${code}`);
  console.log(`${command}: peak ${mb(peak)} MB`);
  return facts;
}

/** Largest resident memory of a process so far, in bytes; 0 where it has ended. */
function peakOf(pid) {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function mb(bytes) {
  return Math.round(bytes / MB);
}
