// How a training step's time depends on vocabulary size, and what adasparse adds: `pnpm perf`.
// 21 fields x 16, hidden layers 512-256-128, batch 4096, power-law ids, 10 domains. The variants take turns, a block of
// steps each, so that a machine that slows down slows all of them; medians and their ratios are printed.
import { assembleTrial, Registry } from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as backbones from '@mdctr/backbones';
import { openBatches } from '@mdctr/data';
import { adam, ensureRuntime, Optimizer, Random } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { tunedEnvironment } from '../../packages/cli/dist/allocator.js';
import { respawn } from '../../packages/cli/dist/respawn.js';

const [FIELDS, BATCH, DOMAINS, BLOCK, ROUNDS] = [21, 4096, 10, 10, 6];

const tower = { hiddenUnits: [512, 256, 128], activation: 'relu', batchNorm: false, dropout: 0 };
const dnn = { name: 'dnn', ...tower };
const dcnv2 = { name: 'dcnv2', ...tower, structure: 'parallel', crossLayers: 3, rank: 0, experts: 4 };
const adaSparse = {
  ...{
    name: 'adasparse',
    form: 'fusion',
    input: 'domain',
    layers: 'all',
    prunerUnits: [],
    initStd: 0,
    alphaStart: 0.1,
    alphaEnd: 5,
  },
  ...{ beta: 2, epsilon: 0.25, gradientThroughCut: false },
  regularizer: { enabled: true, min: 0.15, max: 0.25, start: 0.01, end: 1, detach: true },
};

/** Random rows: the first field is the domain, the others share `vocabulary` ids evenly. */
function randomData(vocabulary) {
  const random = new Random(7);
  const size = Math.floor(vocabulary / (FIELDS - 1));
  const rows = BATCH * BLOCK;
  const shared = (length, Kind) => new Kind(new SharedArrayBuffer(length * 4));
  const ids = shared(rows * FIELDS, Int32Array);
  const domains = shared(rows, Int32Array);
  const labels = shared(rows, Float32Array);
  for (let row = 0; row < rows; row++) {
    domains[row] = ids[row * FIELDS] = 1 + Math.floor(DOMAINS * random.uniform() ** 2);
    labels[row] = random.uniform() < 0.3 ? 1 : 0;
    for (let f = 1; f < FIELDS; f++) ids[row * FIELDS + f] = Math.floor(size * random.uniform() ** 4);
  }
  const fields = Array.from({ length: FIELDS }, (_, f) => ({
    name: `f${f}`,
    size: f === 0 ? DOMAINS + 1 : size,
    offset: f === 0 ? 0 : DOMAINS + 1 + (f - 1) * size,
  }));
  const labelsOf = Array.from({ length: DOMAINS + 1 }, (_, d) => `d${d}`);
  const schema = { fields, domainFields: ['f0'], domains: labelsOf };
  const splits = {
    train: shared(rows, Int32Array).map((_, i) => i),
    validation: new Int32Array(),
    test: new Int32Array(),
  };
  return {
    schema,
    rows,
    ids,
    labels,
    domains,
    splits,
    featureMap: { schema, fields: [], vocabularies: [], label: 'y' },
  };
}

function variant(name, vocabulary, backbone, plugins) {
  const registry = new Registry();
  registry.addModule(backbones, 'backbones');
  registry.addModule(adasparse, 'adasparse');
  const data = randomData(vocabulary);
  const trial = assembleTrial({
    registry,
    schema: data.schema,
    embedding: { dim: 16, initStd: 0.01 },
    backbone,
    plugins,
    seed: 1,
  });
  const optimizer = new Optimizer(adam({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(trial.model, optimizer, new Random(1));
  return { name, source: openBatches(data), context, trial, step: trial.wrapStep(plainStep), times: [] };
}

/** One pass over the data, waiting for batches included; the first block of a variant warms it up. */
async function block(run, epoch) {
  let began = performance.now();
  run.trial.setProgress(epoch / ROUNDS);
  for await (const batch of run.source.batches('train', { batchSize: BATCH, shuffle: { seed: 1, epoch } })) {
    run.step(batch, run.context);
    if (epoch > 0) run.times.push(performance.now() - began);
    began = performance.now();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function main() {
  await ensureRuntime();
  const runs = [
    variant('dnn, 1e5 ids', 1e5, dnn, []),
    variant('dnn, 1e6 ids', 1e6, dnn, []),
    variant('dnn + adasparse, 1e6 ids', 1e6, dnn, [adaSparse]),
    variant('dcnv2, 1e6 ids', 1e6, dcnv2, []),
    variant('dcnv2 + adasparse, 1e6 ids', 1e6, dcnv2, [adaSparse]),
  ];
  for (let epoch = 0; epoch <= ROUNDS; epoch++) for (const run of runs) await block(run, epoch);
  for (const { name, times, source } of runs) {
    console.log(`${name.padEnd(28)} ${median(times).toFixed(1).padStart(7)} ms a step`);
    await source.close();
  }
  const ratio = (a, b) => (median(runs[a].times) / median(runs[b].times)).toFixed(2);
  console.log(`1e6 ids / 1e5 ids            ${ratio(1, 0)}`);
  console.log(`adasparse / plain, dnn       ${ratio(2, 1)}`);
  console.log(`adasparse / plain, dcnv2     ${ratio(4, 3)}`);
}

// As the mdctr command does: with the allocator's settings, in a process of its own.
const environment = tunedEnvironment();
if (environment) respawn(environment);
else await main();
