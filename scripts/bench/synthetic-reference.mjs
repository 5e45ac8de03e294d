// The reference figures of docs/guides/synthetic.md: what the true probabilities reach on the quickstart's test rows,
// and what a plain dnn reaches with the domain as a field, without it, and as one network a domain. Needs a build.
//   node scripts/bench/synthetic-reference.mjs [--ablation] [path=value ...]     e.g. data.source.specific.baseRate=0
// With --ablation the dnn is left out, and each strength is set to 0 in turn.
import { join } from 'node:path';
import { builtinPackages } from '../../packages/cli/dist/builtins.js';
import { tunedEnvironment } from '../../packages/cli/dist/process/allocator.js';
import { respawn } from '../../packages/cli/dist/process/respawn.js';
import { generateSynthetic, loadData, openBatches, SyntheticProcess } from '../../packages/data/dist/index.js';
import { formatStat, statOf } from '../../packages/report/dist/index.js';
import { openStudy, runTrial } from '../../packages/study/dist/index.js';
import { ensureRuntime } from '../../packages/tensor/dist/index.js';
import { evaluateScores } from '../../packages/metrics/dist/index.js';
import { predictSplit } from '../../packages/training/dist/index.js';
import { root } from '../run.mjs';

const settings = process.argv.slice(2).filter((word) => word.includes('='));

async function open(...set) {
  const options = { set: [...settings, ...set], builtins: builtinPackages() };
  const study = await openStudy(join(root, 'examples/quickstart/study.json'), options);
  return { ...study, data: await loadData(study.config.data) };
}

/** Metrics of scores by row of the data, on the test rows, by name. */
function metricsOf(data, scores) {
  const rows = data.splits.test;
  const pick = (values, Kind) => Kind.from(rows, (row) => values[row]);
  return evaluateScores({
    scores: pick(scores, Float32Array),
    labels: pick(data.labels, Float32Array),
    domains: pick(data.domains, Int32Array),
    domainLabels: data.schema.domains,
  }).metrics;
}

/** [rows] the click probability for somebody who knows the whole process, but does not see the domain. */
function withoutDomain(config, rows) {
  const law = new SyntheticProcess(config.data.source);
  const { fields, domains } = law.settings;
  const result = new Float32Array(rows);
  const values = new Int32Array(fields.length);
  let row = 0;
  for (const chunk of generateSynthetic(law)) {
    for (let i = 0; i < chunk.rows; i++) {
      values.forEach((_, f) => (values[f] = chunk.columns[f + 1][i]));
      let [weights, clicks] = [0, 0];
      for (let d = 0; d < domains; d++) {
        const weight = law.population.likelihood(d, values);
        weights += weight;
        clicks += weight * law.probability(d, values);
      }
      result[row++] = clicks / weights;
    }
  }
  return result;
}

/** [rows] scores of a dnn trained on these rows, 0 outside of the test split. */
async function dnnScores({ config, registry }, data, seed) {
  const [backbone] = config.backbones;
  const { trial } = await runTrial({ ...config, registry, data, backbone, plugins: [], seed });
  const source = openBatches(data);
  const { order, scores } = await predictSplit(trial, source, 'test');
  await source.close();
  trial.dispose();
  const byRow = new Float32Array(data.rows);
  order.forEach((row, i) => (byRow[row] = scores[i]));
  return byRow;
}

/** The data with the domain's column blank; the metrics still know the domain. */
function blanked(data) {
  const fields = data.schema.fields.length;
  const column = data.schema.fields.findIndex(({ name }) => name === 'position');
  const ids = new Int32Array(new SharedArrayBuffer(data.ids.byteLength));
  ids.set(data.ids);
  for (let row = 0; row < data.rows; row++) ids[row * fields + column] = 0;
  return { ...data, ids };
}

async function perDomain(study, data, seed) {
  const scores = new Float32Array(data.rows);
  for (let d = 1; d < data.schema.domains.length; d++) {
    const ofDomain = (rows) => rows.filter((row) => data.domains[row] === d);
    const { train, validation, test } = data.splits;
    const splits = { train: ofDomain(train), validation: ofDomain(validation), test: ofDomain(test) };
    const part = await dnnScores(study, { ...data, splits }, seed);
    for (const row of splits.test) scores[row] = part[row];
  }
  return scores;
}

const line = (name, all) =>
  console.log(
    `| ${name} | ${['auc', 'domainAuc', 'logLoss'].map((m) => formatStat(statOf(all.map((one) => one[m])))).join(' | ')} |`,
  );

async function figures() {
  const study = await open();
  const { config, data } = study;
  await ensureRuntime();
  console.log('| scores | AUC | domain AUC | log loss |\n| --- | ---: | ---: | ---: |');
  line('true probabilities', [metricsOf(data, data.oracle)]);
  line('best without seeing the domain', [metricsOf(data, withoutDomain(config, data.rows))]);
  const blank = blanked(data);
  const runs = [
    ['dnn, domain a field', (seed) => dnnScores(study, data, seed)],
    ['dnn, without the domain', (seed) => dnnScores(study, blank, seed)],
    ['one dnn a domain', (seed) => perDomain(study, data, seed)],
  ];
  for (const [name, scoresOf] of runs) {
    const all = [];
    for (const seed of config.seeds) all.push(metricsOf(data, await scoresOf(seed)));
    line(name, all);
  }
}

const STRENGTHS = [
  'shared.effects',
  'shared.interactions',
  'specific.baseRate',
  'specific.fieldWeights',
  'specific.valueEffects',
  'specific.interactions',
];
async function ablation() {
  const none = STRENGTHS.filter((name) => name.startsWith('specific'));
  const cases = [[], ...STRENGTHS.map((name) => [name]), none, ['labelNoise'], ['audienceShift']];
  console.log(
    '| strengths at 0 | AUC | domain AUC | AUC without seeing the domain | domain AUC |\n| --- | ---: | ---: | ---: | ---: |',
  );
  for (const names of cases) {
    const { config, data } = await open(...names.map((name) => `data.source.${name}=0`));
    const [best, blind] = [data.oracle, withoutDomain(config, data.rows)].map((scores) => metricsOf(data, scores));
    const cells = [best.auc, best.domainAuc, blind.auc, blind.domainAuc].map((mean) => formatStat({ mean, std: null }));
    console.log(
      `| ${names === none ? 'all `specific`' : names[0] ? `\`${names[0]}\`` : 'none'} | ${cells.join(' | ')} |`,
    );
  }
}

const environment = tunedEnvironment();
if (environment) respawn(environment);
else await (process.argv.includes('--ablation') ? ablation() : figures());
