// How a training step's time depends on the number of domains: `node test/performance/domain-count.mjs PLUGIN [BACKBONE]`.
// 21 fields x 16, hidden layers 512-256-128, batch 4096, 1e5 power-law ids, the plugin's default options (change them by
// --set '{"option": value}'). The variants take turns, a block of steps each, so that a machine that slows down slows all
// of them; medians and their ratios to the first are printed. --plain adds the backbone without the plugin, --domains 3,30
// chooses the numbers of domains, --one gives each batch the rows of one domain.
import { parseArgs } from 'node:util';
import { assembleTrial, Registry } from '@mdctr/core';
import * as backbones from '@mdctr/backbones';
import { openBatches } from '@mdctr/data';
import { adam, ensureRuntime, Optimizer, Random } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { tunedEnvironment } from '../../packages/cli/dist/allocator.js';
import { respawn } from '../../packages/cli/dist/respawn.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', default: '{}' },
    domains: { type: 'string', default: '3,10,30,100' },
    rounds: { type: 'string', default: '6' },
    plain: { type: 'boolean', default: false },
    one: { type: 'boolean', default: false },
  },
});
const [pluginName = 'star', backboneName = 'dnn'] = positionals;
const [FIELDS, BATCH, BLOCK, VOCABULARY, ROUNDS] = [21, 4096, 10, 1e5, Number(flags.rounds)];

/** Options of a unit with their defaults, nested ones included. */
function withDefaults(unit, given) {
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

/** Random rows: the first field is the domain, of power-law size; the others share the ids evenly. */
function randomData(domainCount) {
  const random = new Random(7);
  const size = Math.floor(VOCABULARY / (FIELDS - 1));
  const rows = BATCH * BLOCK;
  const shared = (length, Kind) => new Kind(new SharedArrayBuffer(length * 4));
  const ids = shared(rows * FIELDS, Int32Array);
  const domains = shared(rows, Int32Array);
  const labels = shared(rows, Float32Array);
  for (let row = 0; row < rows; row++) {
    const domain = 1 + Math.floor(domainCount * random.uniform() ** 2);
    domains[row] = ids[row * FIELDS] = flags.one ? 1 + (Math.floor(row / BATCH) % domainCount) : domain;
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

function variant(registry, domainCount, plugins) {
  const data = randomData(domainCount);
  const trial = assembleTrial({
    registry,
    schema: data.schema,
    embedding: { dim: 16, initStd: 0.01 },
    backbone: withDefaults(registry.get('backbone', backboneName), {}),
    plugins,
    seed: 1,
  });
  const optimizer = new Optimizer(adam({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(trial.model, optimizer, new Random(1));
  const name = `${[backboneName, ...plugins.map((plugin) => plugin.name)].join(' + ')}, ${domainCount} domains`;
  return { name, source: openBatches(data), context, trial, step: trial.wrapStep(plainStep), times: [] };
}

/** One pass over the data, waiting for batches included; the first block of a variant warms it up. */
async function block(run, epoch) {
  let began = performance.now();
  run.trial.setProgress(epoch / ROUNDS);
  // Without a shuffle batches keep the order of the rows, which --one relies on.
  const order = flags.one ? {} : { shuffle: { seed: 1, epoch } };
  for await (const batch of run.source.batches('train', { batchSize: BATCH, ...order })) {
    run.step(batch, run.context);
    if (epoch > 0) run.times.push(performance.now() - began);
    began = performance.now();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function main() {
  await ensureRuntime();
  const registry = new Registry();
  registry.addModule(backbones, 'backbones');
  registry.addModule(await import(`@mdctr/${pluginName}`), pluginName);
  const plugin = withDefaults(registry.get('plugin', pluginName), JSON.parse(flags.set));
  const counts = flags.domains.split(',').map(Number);
  const runs = [
    ...(flags.plain ? [variant(registry, counts[0], [])] : []),
    ...counts.map((count) => variant(registry, count, [plugin])),
  ];
  for (let epoch = 0; epoch <= ROUNDS; epoch++) for (const run of runs) await block(run, epoch);
  const first = runs[flags.plain ? 1 : 0];
  for (const { name, times, source } of runs) {
    const ratio = (median(times) / median(first.times)).toFixed(2);
    console.log(`${name.padEnd(28)} ${median(times).toFixed(1).padStart(7)} ms a step, ratio ${ratio}`);
    await source.close();
  }
}

// As the mdctr command does: with the allocator's settings, in a process of its own.
const environment = tunedEnvironment();
if (environment) respawn(environment);
else await main();
