// What the timed programs of this folder share: random rows, trials on them, blocks of steps that take turns.
import { assembleModel, Registry } from '@mdctr/core';
import * as backbones from '@mdctr/backbones';
import { openBatches } from '@mdctr/data';
import { adam, Optimizer, Random } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { tunedEnvironment } from '../../packages/cli/dist/process/allocator.js';
import { respawn } from '../../packages/cli/dist/process/respawn.js';

export { median } from './median.mjs';

const [FIELDS, BLOCK] = [21, 10];
const BATCH = 4096;

/** A registry with the backbones and the named plugins of this repository. */
export async function registryWith(...plugins) {
  const registry = new Registry();
  registry.addModule(backbones, 'backbones');
  for (const name of plugins) registry.addModule(await import(`@mdctr/${name}`), name);
  return registry;
}

/** Options of a unit with their defaults, nested ones included. */
export function withDefaults(unit, given = {}) {
  const fill = (schema, value) =>
    schema.type === 'object' && schema.properties
      ? Object.fromEntries(
          Object.entries(schema.properties)
            .map(([key, property]) => [key, fill(property, value?.[key] ?? property.default)])
            .filter(([, option]) => option !== undefined),
        )
      : value;
  return { name: unit.name, ...fill(unit.options, given) };
}

/**
 * Random rows: the first field is the domain, of power-law size; the others share `vocabulary` ids evenly, drawn by a
 * power law. With `oneDomain`, each batch holds the rows of one domain.
 */
export function randomData({ domains: domainCount, vocabulary, batch = BATCH, oneDomain = false }) {
  const random = new Random(7);
  const size = Math.floor(vocabulary / (FIELDS - 1));
  const rows = batch * BLOCK;
  const shared = (length, Kind) => new Kind(new SharedArrayBuffer(length * 4));
  const ids = shared(rows * FIELDS, Int32Array);
  const domains = shared(rows, Int32Array);
  const labels = shared(rows, Float32Array);
  for (let row = 0; row < rows; row++) {
    const domain = 1 + Math.floor(domainCount * random.uniform() ** 2);
    domains[row] = ids[row * FIELDS] = oneDomain ? 1 + (Math.floor(row / batch) % domainCount) : domain;
    labels[row] = random.uniform() < 0.3 ? 1 : 0;
    for (let f = 1; f < FIELDS; f++) ids[row * FIELDS + f] = Math.floor(size * random.uniform() ** 4);
  }
  const fields = Array.from({ length: FIELDS }, (_, f) => ({
    name: `f${f}`,
    size: f === 0 ? domainCount + 1 : size,
    offset: f === 0 ? 0 : domainCount + 1 + (f - 1) * size,
  }));
  const schema = {
    fields,
    domainFields: ['f0'],
    domains: Array.from({ length: domainCount + 1 }, (_, d) => `d${d}`),
  };
  const train = shared(rows, Int32Array).map((_, i) => i);
  const splits = { train, validation: new Int32Array(), test: new Int32Array() };
  const featureMap = { schema, fields: [], vocabularies: [], label: 'y' };
  return { schema, rows, ids, labels, domains, splits, featureMap };
}

/** A trial on random rows, and the times of its steps; `workload` as in `randomData`. */
export function timedTrial(name, { registry, backbone, plugins, workload }) {
  const data = randomData(workload);
  const trial = assembleModel({
    registry,
    schema: data.schema,
    embedding: { dim: 16, initStd: 0.01 },
    backbone: withDefaults(registry.get('backbone', backbone)),
    plugins,
    seed: 1,
  });
  const optimizer = new Optimizer(adam({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(trial.model, optimizer, new Random(1));
  // Without a shuffle batches keep the order of the rows, which one domain a batch relies on.
  const { batch = BATCH, oneDomain = false } = workload;
  const step = trial.wrapStep(plainStep);
  return { name, source: openBatches(data), batch, shuffled: !oneDomain, context, trial, step, times: [] };
}

/** Lets the trials take turns, a block of steps each, so that a machine that slows down slows all of them. */
export async function takeTurns(runs, rounds) {
  for (let round = 0; round <= rounds; round++) for (const run of runs) await runBlock(run, round, round / rounds);
  for (const run of runs) await run.source.close();
}

/** One pass over the data, waiting for batches included; the first block of a trial warms it up. */
export async function runBlock(run, round, progress) {
  let began = performance.now();
  run.trial.setProgress(progress);
  const order = run.shuffled ? { shuffle: { seed: 1, epoch: round } } : {};
  for await (const batch of run.source.batches('train', { batchSize: run.batch, ...order })) {
    run.step(batch, run.context);
    if (round > 0) run.times.push(performance.now() - began);
    began = performance.now();
  }
}

/** Runs `main` as the mdctr command does: with the allocator's settings, in a process of its own. */
export async function asCommand(main) {
  const environment = tunedEnvironment();
  if (environment) respawn(environment);
  else await main();
}
