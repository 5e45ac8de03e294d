import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rocAuc, type Evaluation } from '@mdctr/metrics';
import { describe, expect, it } from 'vitest';
import { eventsOf, mdctr, mdctrJson, root, runInHost, temporaryFolder } from '../support/command.js';

interface Trained {
  readonly validation: Evaluation;
  readonly test: Evaluation;
}

const folder = temporaryFolder();
// For what ends before it computes; a few of those have a process of their own, for their exit code.
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

// Clicks depend on item and position, so that there is something to learn.
let state = 5;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const labels: number[] = [];
const cells: string[] = [];
for (let i = 0; i < 1500; i++) {
  const [position, item, user] = [Math.floor(uniform() * 3), Math.floor(uniform() * 12), Math.floor(uniform() * 40)];
  labels.push(uniform() < (((item * 5) % 12) + 2 * position) / 18 ? 1 : 0);
  cells.push(`p${position},i${item},u${user},${i}`);
}
const csv = write(
  'log.csv',
  ['position,item,user,time,click', ...cells.map((row, i) => `${row},${labels[i]}`)].join('\n'),
);
const unlabelled = write('new.csv', ['position,item,user,time', ...cells.slice(-300), 'p9,i999,,5'].join('\n'));
const config = {
  name: 'Trial',
  data: {
    source: { kind: 'files', files: ['log.csv'] },
    split: { by: 'time', column: 'time', validation: 0.2, test: 0.2 },
  },
  embedding: { dim: 4, initStd: 0.1 },
  backbone: { name: 'dcnv2', hiddenUnits: [8], crossLayers: 1, batchNorm: true },
  plugins: ['adasparse'],
  training: { epochs: 3, batchSize: 64, optimizer: { kind: 'adam', learningRate: 0.01 } },
};
const trial = write('trial.json', JSON.stringify(config));

describe('train and predict', () => {
  const model = join(folder, 'model');
  const events = eventsOf(mdctr(['train', trial, '--out', model, '--json']).stdout);
  const trained = events.at(-1) as unknown as Trained;

  it('--json prints events, one a line, from the start to the result', async () => {
    expect(events[0]).toMatchObject({ event: 'start', version: 2, command: 'train', data: { rows: 1500 } });
    const epochs = events.filter(({ event }) => event === 'epoch');
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from(epochs, (_, i) => i + 1));
    expect(epochs.at(-1)!['validation']).toMatchObject({ metrics: { auc: expect.any(Number) as number } });
    expect(events.at(-1)).toMatchObject({ event: 'result', out: model });
    const failed = await runInHost(['train', trial, '--out', model, '--json', '--set', 'training.epochs=0']);
    expect([failed.code, eventsOf(failed.stdout).at(-1)!['code']]).toEqual([1, 'MDCTR_CONFIG_VALUE']);
    expect(failed.stderr).toContain('MDCTR_CONFIG_VALUE');
  });

  it('leave an artifact of documented files', () => {
    expect(readdirSync(model).sort()).toEqual([
      'calibration.json',
      'config.json',
      'fields.json',
      'metrics.csv',
      'metrics.json',
      'vocabularies.json',
      'weights.safetensors',
    ]);
    const metrics = JSON.parse(readFileSync(join(model, 'metrics.json'), 'utf8')) as Trained;
    expect(metrics.test).toEqual(trained.test);
    expect(metrics.test.metrics.auc).toBeGreaterThan(0.65);
  });

  it('score as the evaluation did: the test rows of a file have the AUC of metrics.json', () => {
    const out = join(folder, 'scores.csv');
    expect(mdctr(['predict', model, '--data', csv, '--out', out]).code).toBe(0);
    const [head, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(head).toBe('score');
    expect(lines).toHaveLength(1500);
    expect(rocAuc(lines.slice(-300).map(Number), labels.slice(-300))).toBe(trained.test.metrics.auc);
  });

  it('score calibrated too: in the order of each domain, with as many clicks as there are', () => {
    const out = join(folder, 'calibrated.csv');
    mdctrJson(['predict', model, '--data', csv, '--out', out, '--calibrated']);
    const scoresOf = (file: string): number[] => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1).map(Number);
    const [raw, calibrated] = [scoresOf(join(folder, 'scores.csv')), scoresOf(out)];
    expect(calibrated).not.toEqual(raw);
    const promised = (scores: number[]): number => scores.slice(-600, -300).reduce((sum, score) => sum + score, 0);
    const clicks = labels.slice(-600, -300).reduce((sum, label) => sum + label, 0);
    expect(Math.abs(promised(calibrated) / clicks - 1)).toBeLessThan(0.02); // the rows that it was fitted to
  });

  it('score values and domains that training never saw, without a label, each row for itself', () => {
    const out = join(folder, 'new-scores.csv');
    mdctrJson(['predict', model, '--data', unlabelled, '--out', out]);
    const scores = readFileSync(out, 'utf8').trimEnd().split('\n').slice(1).map(Number);
    expect(scores).toHaveLength(301);
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
    const before = readFileSync(join(folder, 'scores.csv'), 'utf8').trimEnd().split('\n').slice(-300).map(Number);
    scores.slice(0, 300).forEach((score, i) => expect(score).toBeCloseTo(before[i]!, 6));
  });

  it('give the same artifact for the same config and seed', () => {
    const again = join(folder, 'again');
    const second = mdctrJson<Trained>(['train', trial, '--out', again]);
    expect([second.validation, second.test]).toEqual([trained.validation, trained.test]);
    for (const name of ['weights.safetensors', 'fields.json', 'vocabularies.json', 'config.json']) {
      expect(readFileSync(join(again, name)).equals(readFileSync(join(model, name))), name).toBe(true);
    }
  });

  it.each([
    ['on the wasm backend', { MDCTR_TIER: 'wasm' }],
    ['without our own kernels', { MDCTR_KERNELS: 'off' }],
  ])('work %s too, and give nearly the same', (what, env) => {
    const out = join(folder, what);
    const lines = eventsOf(mdctr(['train', trial, '--out', out, '--json'], { env }).stdout);
    const losses = (of: typeof lines): number[] =>
      of.flatMap(({ event, loss }) => (event === 'epoch' ? [Number(loss)] : []));
    const wanted = losses(events);
    losses(lines).forEach((loss, i) => expect(loss).toBeCloseTo(wanted[i]!, 5));
    // Biases before a batch norm have rounding noise for a gradient, which Adam makes steps of: training does not see
    // them, the moving means that evaluation takes do.
    const other = lines.at(-1) as unknown as Trained;
    expect(Math.abs(other.test.metrics.auc! - trained.test.metrics.auc!)).toBeLessThan(0.02);
    const scores = join(folder, `${what}.csv`);
    mdctrJson(['predict', model, '--data', csv, '--out', scores], { env });
    const read = (file: string): number[] => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1).map(Number);
    const native = read(join(folder, 'scores.csv'));
    read(scores).forEach((score, i) => expect(score).toBeCloseTo(native[i]!, 4));
  });

  it('refuse a damaged artifact, and a folder that holds something else', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    for (const name of readdirSync(model)) writeFileSync(join(broken, name), readFileSync(join(model, name)));
    truncateSync(join(broken, 'weights.safetensors'), 500);
    const out = join(folder, 'none.csv');
    const damaged = await runInHost(['predict', broken, '--data', csv, '--out', out]);
    expect([damaged.code, existsSync(out)]).toEqual([1, false]);
    expect(damaged.stderr).toContain('MDCTR_WEIGHTS_DAMAGED');
    const occupied = await runInHost(['train', trial, '--out', folder]);
    expect(occupied.code).toBe(1);
    expect(occupied.stderr).toContain('MDCTR_ARTIFACT_OCCUPIED');
  });
});

describe('mistakes', () => {
  it('of a config are all named with their places, without a stack, and leave nothing behind', () => {
    const bad = write('bad.json', JSON.stringify({ ...config, plugins: ['adasparce'], trainning: {} }, null, 2));
    const out = join(folder, 'bad');
    const { code, stderr } = mdctr(['train', bad, '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/MDCTR_CONFIG_UNKNOWN_NAME[^]*bad\.json:\d+:\d+[^]*Did you mean "adasparse"\?/);
    expect(stderr).toMatch(/MDCTR_CONFIG_UNKNOWN_KEY[^]*Did you mean "training"\?/);
    expect(stderr).not.toMatch(/^\s+at \S+ \(|node_modules/m);
    expect(existsSync(out)).toBe(false);
  });

  it('of options that do not fit together are named with their place', async () => {
    const plugins = [{ name: 'adasparse', regularizer: { min: 0.3, max: 0.2 } }];
    const bad = write('range.json', JSON.stringify({ ...config, plugins }));
    const { code, stderr } = await runInHost(['train', bad, '--out', join(folder, 'range')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/MDCTR_CONFIG_VALUE[^]*range\.json:1:\d+[^]*plugins\[0\]\.regularizer\.min/);
  });

  it('that only the data can tell end a study before its first trial', async () => {
    const { plugins: _plugins, backbone, ...common } = config;
    const methods = [
      { label: 'plain', plugins: [] },
      { label: 'apg', plugins: [{ name: 'apg', condition: 'fields', fields: ['usr'] }] },
    ];
    const bad = write('fields.json', JSON.stringify({ ...common, backbones: [backbone], methods, seeds: [1] }));
    const { code, stderr } = await runInHost(['bench', bad], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/MDCTR_CONFIG_VALUE[^]*no field "usr"[^]*Did you mean "user"/);
    expect(stderr).not.toContain('[1/2]');
  });

  it('of usage end with 2, of data with 1', async () => {
    const misspelt = mdctr(['trian']);
    expect([misspelt.code, misspelt.stderr.includes('train')]).toEqual([2, true]);
    expect((await runInHost(['train', trial])).code).toBe(2);
    const missing = await runInHost(['train', trial, '--data', 'gone.csv', '--out', join(folder, 'x')]);
    expect([missing.code, missing.stderr.includes('MDCTR_DATA_MISSING')]).toEqual([1, true]);
    const none = await runInHost(['predict', folder, '--data', csv, '--out', 'x.csv']);
    expect(none.stderr).toContain('MDCTR_ARTIFACT_MISSING');
  });
});

describe('list, schema, doctor, help', () => {
  it('list what is installed, and what a config brings', async () => {
    const names = async (args: string[]): Promise<string[]> => {
      const { stdout } = await runInHost(['list', ...args, '--json']);
      const { units } = JSON.parse(stdout) as { units: { kind: string; name: string }[] };
      return units.map(({ kind, name }) => `${kind} ${name}`);
    };
    expect(await names([])).toEqual(expect.arrayContaining(['backbone dnn', 'backbone dcnv2', 'plugin adasparse']));
    const custom = join(root, 'examples/custom-backbone/study.json');
    expect(await names(['--config', custom])).toContain('backbone wide-and-deep');
    expect(await names(['adasparse'])).toEqual(['plugin adasparse']);
  });

  it('write a schema that holds the options of every plugin', async () => {
    const { code, stdout } = await runInHost(['schema', '--kind', 'study']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('properties.methods');
    expect(stdout).toContain('gradientThroughCut');
  });

  it('report the tier', () => {
    const { runtime } = mdctrJson<{ runtime: { tier: string } }>(['doctor'], { env: { MDCTR_TIER: 'wasm' } });
    expect(runtime.tier).toBe('wasm');
  });

  it('go on without Python, compiler and download: one warning with the reasons, and the slower backend', () => {
    const bare = { PATH: '/nowhere', TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:9/', MDCTR_TIER: '' };
    const env = { ...bare, MDCTR_CACHE_DIR: join(folder, 'cache') };
    const first = mdctr(['doctor'], { env });
    expect(first.code).toBe(0);
    expect(first.stderr.match(/Warning: no native TensorFlow/g)).toHaveLength(1);
    expect(first.stderr).toMatch(/prebuilt: the program tar is missing[^]*compiled: Python 3 with pip is missing/);
    expect(first.stdout).toMatch(/^tier +wasm/m);
    // What failed is remembered: the next start tries nothing.
    expect(mdctr(['doctor'], { env }).stderr).not.toContain('Setting up');
    const unwritable = mdctr(['doctor'], { env: { ...bare, MDCTR_CACHE_DIR: '/dev/null/cache' } });
    expect([unwritable.code, unwritable.stderr.includes('set MDCTR_CACHE_DIR')]).toEqual([0, true]);
  });

  it.each(['bench', 'train', 'profile', 'predict', 'list', 'schema', 'doctor'])('help on %s', async (command) => {
    const { code, stdout } = await runInHost([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: mdctr ${command}`);
  });
});
