// Peak memory of a whole `mdctr train`: `node test/performance/memory.mjs` (Linux, after a build). A fresh process reads a CSV
// file, trains an embedding table of 20 fields x --buckets ids x 16 by Adam until early stopping goes back to an earlier
// epoch, with a checkpoint an epoch, and writes the artifact; then another one scores the rows. Printed are the bytes of all
// weights, the peak of resident memory of each command by phase, and the bound: 3.5 times the weights and 500 MB.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@mdctr/tensor';
import { tunedEnvironment } from '../../packages/cli/dist/allocator.js';

const { values: flags } = parseArgs({
  options: {
    buckets: { type: 'string', default: '500000' },
    rows: { type: 'string', default: '40000' },
    folder: { type: 'string', default: '.' },
  },
});
const FIELDS = 20;
const MB = 1e6;
const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));

const work = mkdtempSync(join(flags.folder, 'memory-'));
try {
  await writeRows(join(work, 'rows.csv'), Number(flags.rows));
  writeFileSync(join(work, 'trial.json'), JSON.stringify(trial(Number(flags.buckets))));
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

async function writeRows(file, rows) {
  const random = new Random(7);
  const names = Array.from({ length: FIELDS }, (_, f) => `f${f}`);
  const output = createWriteStream(file);
  output.write(`y,domain,${names.join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const values = names.map(() => Math.floor(1e7 * random.uniform() ** 4));
    const line = `${random.uniform() < 0.3 ? 1 : 0},d${Math.floor(10 * random.uniform() ** 2)},${values.join(',')}\n`;
    if (!output.write(line)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
}

/** Labels are random, so the first epoch is the best one and patience ends the training. */
function trial(buckets) {
  const fields = Array.from({ length: FIELDS }, (_, f) => ({ name: `f${f}`, encoding: { kind: 'hash', buckets } }));
  return {
    name: 'memory',
    data: {
      source: { kind: 'files', files: ['rows.csv'] },
      label: 'y',
      domain: ['domain'],
      fields: ['domain', ...fields],
      split: { by: 'seed', validation: 0.1, test: 0.1 },
    },
    embedding: { dim: 16, initStd: 0.01 },
    backbone: { name: 'dnn', hiddenUnits: [512, 256, 128] },
    training: { epochs: 4, patience: 1, batchSize: 4096, optimizer: { kind: 'adam', learningRate: 0.003 } },
  };
}

function mb(bytes) {
  return Math.round(bytes / MB);
}
