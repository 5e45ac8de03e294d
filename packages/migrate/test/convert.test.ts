import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { convertFuxictr, type FuxictrOptions } from '../src/index.js';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'mdctr-migrate-'));
afterAll(() => rmSync(place, { recursive: true }));

/** The shop's trial with lines of its files replaced. */
function shop(changes: readonly (readonly [string, string])[] = [], options: Partial<FuxictrOptions> = {}) {
  const config = join(place, 'config');
  cpSync(join(fixtures, 'shop/config'), config, { recursive: true });
  for (const [from, to] of changes) {
    const files = ['model_config.yaml', 'dataset_config.yaml'].map((name) => join(config, name));
    const file = files.find((each) => readFileSync(each, 'utf8').includes(from));
    if (!file) throw new Error(`No file has ${from}`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  }
  return convertFuxictr(config, { outFolder: place, domain: ['tab'], ...options });
}

/** The value at a path of the shop's config. */
const valueAt = (path: string, changes?: readonly (readonly [string, string])[]): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], shop(changes).config);

describe('conversion of an experiment', () => {
  it.each<readonly [string, string, string, string, unknown]>([
    ['a number as regularizer', 'l2(1.e-5)', '1.e-4', 'training.regularization.embedding.l2', 1e-4],
    ['L1 and L2', 'l2(1.e-5)', 'l1_l2(1.e-3,1.e-4)', 'training.regularization.embedding.l2', 1e-4],
    ['L1 alone', 'l2(1.e-5)', 'l1(1.e-3)', 'training.regularization.embedding.l2', 0],
    [
      'a number that PyYAML takes for text',
      'learning_rate: 1.e-3',
      'learning_rate: 1e-4',
      'training.optimizer.learningRate',
      1e-4,
    ],
    ['no plateau', 'num_workers: 3', 'reduce_lr_on_plateau: False', 'training.schedule', { kind: 'constant' }],
    ['no patience for a plateau', 'early_stop_patience: 2', 'early_stop_patience: 1', 'training.schedule', undefined],
    [
      'another floor of the plateau',
      'learning_rate: 1.e-3',
      'learning_rate: 1.e-2',
      'training.schedule.minFactor',
      1e-4,
    ],
    ['evaluations by step', 'eval_steps: null', 'eval_steps: 500', 'training.evaluateEvery', 500],
    ['another norm', 'num_workers: 3', 'max_gradient_norm: 5', 'training.clipNorm', 5],
    ['one metric', "{ 'AUC': 1, 'logloss': -1 }", 'gAUC', 'training.selectBy', 'gauc'],
    ['log loss', "{ 'AUC': 1, 'logloss': -1 }", 'logloss', 'training.selectBy', 'logLoss'],
    ['no activation of ours', 'hidden_activations: relu', 'hidden_activations: Dice', 'backbone.activation', 'relu'],
    [
      'an activation of PyTorch',
      'hidden_activations: relu',
      'hidden_activations: LeakyReLU',
      'backbone.activation',
      'leakyRelu',
    ],
    ['model defaults', '  hidden_units: [16, 8]\n', '', 'backbone.hiddenUnits', [64, 64, 64]],
    [
      'a folder as data',
      'train_data: ./data/train.csv',
      'train_data: ./data/train/',
      'data.source.files',
      ['data/train/*.csv'],
    ],
    [
      'test rows that are the validation rows',
      'test_data: ./data/test.csv',
      'test_data: ./data/valid.csv',
      'data.split.test',
      [],
    ],
    ['some of the features', 'use_features: null', 'use_features: [item, tab]', 'data.fields', ['item', 'tab']],
  ])('%s', (_, from, to, path, expected) => expect(valueAt(path, [[from, to]])).toEqual(expected));

  it('takes the domain from a column that was not active', () => {
    const { config, report } = shop([], { domain: ['tab', 'comment'] });
    const data = config.data as { domain: unknown; fields: unknown[] };
    expect(data.domain).toEqual(['tab', 'comment']);
    expect(data.fields).toContain('comment');
    expect(report.find(({ key }) => key === 'feature_cols[8].active')?.verdict).toBe('changed');
  });

  it('looks for data in a folder that is named', () => {
    const { config } = shop([], { dataFolder: join(place, 'elsewhere') });
    expect((config.data as { source: { files: string[] } }).source.files).toEqual(['elsewhere/train.csv']);
  });

  it.each<readonly [string, string, string, RegExp]>([
    ['MDCTR_CONVERT_SYNTAX', 'seed: 2019', 'seed: [', /model_config\.yaml:\d+/],
    ['MDCTR_CONVERT_SYNTAX', 'seed: 2019', 'epochs: 2', /unique/],
    ['MDCTR_CONVERT_DATASET', 'dataset_id: shop', 'dataset_id: shpo', /Did you mean "shop"/],
    ['MDCTR_CONVERT_FORMAT', 'data_format: csv', 'data_format: h5', /already encoded/],
    ['MDCTR_CONVERT_MODEL', 'model: DNN', 'model: DeepFM', /dataset|DNN or DCNv2/],
    ['MDCTR_CONVERT_MODEL', 'task: binary_classification', 'task: regression', /regression/],
    ['MDCTR_CONVERT_VALUE', 'batch_size: 64', 'batch_size: many', /a number[^]*"many"/],
    ['MDCTR_CONVERT_VALUE', 'l2(1.e-5)', 'l3(1.e-5)', /l1_l2\(x,y\)/],
  ])('%s: %s -> %s', (code, from, to, says) => {
    const attempt = () => shop([[from, to]]);
    expect(attempt).toThrow(code);
    expect(attempt).toThrow(says);
  });

  it.each([[[]], [['histroy']], [['history']], [['age']]])(
    'refuses %j as a domain, or takes a new column',
    (domain) => {
      const attempt = () => shop([], { domain });
      if (domain[0] === 'histroy') expect((attempt().config.data as { fields: unknown[] }).fields).toContain('histroy');
      else expect(attempt).toThrow('MDCTR_CONVERT_DOMAIN');
    },
  );
});

describe('conversion of a tuner', () => {
  it('makes lists dimensions of a grid, and seeds the seeds', () => {
    const { kind, config, report } = convertFuxictr(join(fixtures, 'tuner/DNN_shop_tuner.yaml'), {
      outFolder: place,
      domain: ['tab'],
    });
    expect(kind).toBe('study');
    expect(config.search).toEqual({
      kind: 'grid',
      trials: 8,
      space: {
        'backbone.hiddenUnits': { values: [[16], [16, 8]] },
        'training.optimizer.learningRate': { values: [1e-3, 5e-3] },
        'training.regularization.embedding.l2': { values: [0, 1e-6] },
      },
    });
    expect(config.seeds).toEqual([1, 2]);
    expect((config.embedding as { dim: number }).dim).toBe(8);
    expect(report.find(({ key }) => key === 'min_categr_count')).toMatchObject({ verdict: 'changed' });
    for (const key of ['base_config', 'base_expid', 'dataset_id', 'model_root', 'monitor', 'net_dropout'])
      expect(report.some((entry) => entry.key === key)).toBe(true);
  });

  it('refuses a file of another kind', () =>
    expect(() => convertFuxictr(join(fixtures, 'shop/config/model_config.yaml'), { outFolder: place })).toThrow(
      'MDCTR_CONVERT_TUNER',
    ));
});
