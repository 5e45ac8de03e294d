// mdctr as a library: a comparison, and a model, from a script. Usage: node compare.mjs [ROWS]
import { writeFileSync } from 'node:fs';
import { bench, loadModel, train } from 'mdctr';
import { DomainPlugin, Plugin } from '@mdctr/core';
import { mul, sigmoid, zeros } from '@mdctr/tensor';

/** A plugin of the script's own: each hidden layer times 2 sigma(d W), d the domain's embedding. */
class DomainGate extends DomainPlugin {
  hidden(site) {
    const gate = site.scope().dense('gate', site.domainWidth, site.units, { kernel: zeros });
    return (h, batch) => batch.scale(h, mul(sigmoid(gate(batch.domains)), 2)); // [rows, units]
  }
}
Plugin('domain-gate', { description: 'Gates hidden layers by domain.' })(DomainGate);
const units = [DomainGate];

// What a config file holds; a file's name will do as well.
const common = {
  data: { source: { kind: 'synthetic', rows: Number(process.argv[2] ?? 50_000) }, minFrequency: 2 },
  embedding: { dim: 8, initStd: 0.05 },
  training: { epochs: 3, optimizer: { kind: 'adam', learningRate: 0.01 } },
};
const backbone = { name: 'dnn', hiddenUnits: [64, 32] };

const thresholds = [0.15, 0.25, 0.35];
const comparison = await bench(
  {
    name: 'From a script',
    ...common,
    backbones: [backbone],
    methods: [
      { label: 'plain' },
      { label: 'domain-gate', plugins: ['domain-gate'] },
      ...thresholds.map((epsilon) => ({ label: `epsilon ${epsilon}`, plugins: [{ name: 'adasparse', epsilon }] })),
    ],
    seeds: [1, 2, 3],
  },
  { units, onResult: ({ method, seed, metrics }) => console.log(`${method}, seed ${seed}: AUC ${metrics.auc}`) },
);
console.log(`\n${comparison}\n`);
const paths = await comparison.save('results/from-a-script');
console.log(`Written: ${paths.join(', ')}`);

// One model, saved, opened again, and asked for scores.
const trial = { name: 'Gated', ...common, backbone, plugins: ['domain-gate'], seed: 1 };
const trained = await train(trial, {
  units,
  onEpoch: ({ epoch, validation }) => console.log(`epoch ${epoch}: validation AUC ${validation.metrics.auc}`),
});
console.log(`test AUC ${trained.result.test.metrics.auc} with ${trained.result.parameters} parameters`);
await trained.save('results/gated');
trained.dispose();

// Columns may stand in any order; a value that training never saw is fine.
writeFileSync(
  'results/new.csv',
  `position,audience,ad,advertiser,category,city,hour,age,device
position_2,audience_5,ad_44,advertiser_6,category_1,city_18,hour_14,age_0,device_2
position_0,audience_5,ad_new,advertiser_6,category_1,city_18,hour_14,age_0,device_2
`,
);
const model = await loadModel('results/gated', { units });
const scores = await model.predict('results/new.csv');
console.log(`scores ${[...scores].map((score) => score.toFixed(3)).join(', ')}`);
model.dispose();
