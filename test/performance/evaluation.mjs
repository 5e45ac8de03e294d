// Throughput of evaluation and prediction: `node test/performance/evaluation.mjs` (after a build); --only REGEXP takes parts of it.
// Forward passes over 400,000 rows, batches from the worker thread included, at the batch size that evaluation takes and at
// twice that; metrics alone, of ten million rows; start-up; `mdctr predict` from CSV to CSV. Medians; forward passes take turns.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureRuntime, Random } from '@mdctr/tensor';
import { evaluateScores, rocAuc } from '@mdctr/metrics';
import { EVALUATION_BATCH } from '@mdctr/training';
import { trialOfRows, writeRows } from './log-of-rows.mjs';
import { asCommand, median, registryWith, timedTrial, withDefaults } from './workload.mjs';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: '.' },
    rounds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '400000' },
  },
});
const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const wanted = (part) => new RegExp(flags.only).test(part);

await asCommand(async () => {
  if (wanted('start')) startUp();
  if (wanted('metrics')) metrics(1e7, 100);
  if (wanted('forward')) await forward(Number(flags.rows), Number(flags.rounds));
  if (wanted('predict')) await predict(2e5);
});

function startUp() {
  const run = () => execFileSync(process.execPath, [BIN, '--help'], { stdio: 'ignore' });
  const times = Array.from({ length: 10 }, () => timed(run));
  console.log(`mdctr --help ${' '.repeat(30)} ${median(times).toFixed(0)} ms`);
}

function metrics(rows, domainCount) {
  const random = new Random(3);
  const scores = new Float32Array(rows);
  const labels = new Float32Array(rows);
  const domains = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    scores[row] = random.uniform() ** 2;
    labels[row] = random.uniform() < scores[row] ? 1 : 0;
    domains[row] = 1 + Math.floor(domainCount * random.uniform() ** 2);
  }
  const domainLabels = Array.from({ length: domainCount + 1 }, (_, d) => `d${d}`);
  const print = (what, work) => {
    const times = Array.from({ length: 3 }, () => timed(work));
    console.log(`${what.padEnd(44)} ${(median(times) / 1000).toFixed(2)} s`);
  };
  print(`AUC of ${rows} rows`, () => rocAuc(scores, labels));
  const all = { scores, labels, domains, domainLabels };
  print(`all metrics of ${rows} rows, ${domainCount} domains`, () => evaluateScores(all));
  const groups = domains.map((_, row) => Math.imul(row, 0x9e3779b1) >>> 12);
  print('the same with metrics inside a million groups', () => evaluateScores({ ...all, groups }));
}

async function forward(rows, rounds) {
  await ensureRuntime();
  const registry = await registryWith('adasparse', 'star');
  const plugin = (name) => [withDefaults(registry.get('plugin', name))];
  const models = [
    ['dnn', 'dnn', []],
    ['dcnv2', 'dcnv2', []],
    ['dnn + adasparse', 'dnn', plugin('adasparse')],
    ['dnn + star', 'dnn', plugin('star')],
  ];
  const workload = { domains: 10, vocabulary: 1e6, batch: Math.ceil(rows / 10) };
  const runs = models.map(([name, backbone, plugins]) => {
    const run = timedTrial(name, { registry, backbone, plugins, workload });
    return { ...run, times: new Map([EVALUATION_BATCH, 2 * EVALUATION_BATCH].map((size) => [size, []])) };
  });
  for (let round = 0; round <= rounds; round++) {
    for (const { source, trial, times } of runs) {
      const predict = trial.wrapPredict((batch) => trial.model.predict(batch));
      for (const [batchSize, measured] of times) {
        const began = performance.now();
        for await (const batch of source.batches('train', { batchSize })) predict(batch);
        if (round > 0) measured.push(performance.now() - began);
      }
    }
  }
  for (const { name, source, times } of runs) {
    for (const [size, measured] of times) {
      const rate = Math.round(source.rows('train') / median(measured));
      console.log(`${`${name}, batch ${size}`.padEnd(44)} ${rate} thousand rows a second`);
    }
    await source.close();
  }
}

/** Wall time of the command; that of one row is its start-up, the set-up of the model included. */
async function predict(rows) {
  const work = mkdtempSync(join(tmpdir(), 'mdctr-predict-'));
  try {
    await writeRows(join(work, 'rows.csv'), rows, 1e4);
    await writeRows(join(work, 'one.csv'), 1, 1e4);
    writeFileSync(join(work, 'trial.json'), JSON.stringify(trialConfig));
    const run = (...rest) => execFileSync(process.execPath, [BIN, ...rest], { cwd: work, stdio: 'ignore' });
    run('train', 'trial.json', '--out', 'model', '--no-cache');
    const scored = (file) => timed(() => run('predict', 'model', '--data', file, '--out', 'scores.csv'));
    const whole = median(Array.from({ length: 3 }, () => scored('rows.csv')));
    const start = median(Array.from({ length: 3 }, () => scored('one.csv')));
    console.log(`mdctr predict, ${rows} rows of 21 fields`.padEnd(44), `${(whole / 1000).toFixed(2)} s`);
    console.log('  of one row: start-up and model'.padEnd(44), `${(start / 1000).toFixed(2)} s`);
    console.log('  a further row'.padEnd(44), `${((1000 * (whole - start)) / (rows - 1)).toFixed(1)} us`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const trialConfig = trialOfRows({
  name: 'predict',
  training: { epochs: 1, optimizer: { kind: 'adam', learningRate: 0.001 } },
});

function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}
