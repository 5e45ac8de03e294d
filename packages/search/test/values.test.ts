import { validateConfig, ConfigDocument } from '@mdctr/config';
import { MdctrError } from '@mdctr/base';
import { closedSchema, type JsonSchema } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import {
  applyValues,
  checkSpace,
  MethodSpace,
  openSearch,
  searchSchema,
  type SearchOptions,
  type Space,
} from '../src/index.js';

const parts = {
  training: { epochs: 3, optimizer: { kind: 'adam', learningRate: 1e-3 }, regularization: { embedding: { l2: 0 } } },
  embedding: { dim: 16 },
  backbone: { name: 'dnn', hiddenUnits: [512, 256] },
  plugins: [{ name: 'adasparse', epsilon: 0.25, regularizer: { enabled: true } }],
};

describe('values', () => {
  it('are laid over options, which stay as they are', () => {
    const before = structuredClone(parts);
    const changed = applyValues(parts, {
      'training.optimizer.learningRate': 0.01,
      'backbone.hiddenUnits': [64],
      'plugins[0].regularizer.enabled': false,
      'plugins[0].epsilon': 0.1,
    });
    expect(parts).toEqual(before);
    expect(changed).toEqual({
      training: { ...parts.training, optimizer: { kind: 'adam', learningRate: 0.01 } },
      embedding: { dim: 16 },
      backbone: { name: 'dnn', hiddenUnits: [64] },
      plugins: [{ name: 'adasparse', epsilon: 0.1, regularizer: { enabled: false } }],
    });
    expect(changed.embedding).toBe(parts.embedding);
    expect(changed.training.regularization).toBe(parts.training.regularization);
    expect(applyValues(parts, { 'backbone.hiddenUnits[1]': 8 }).backbone.hiddenUnits).toEqual([512, 8]);
    expect(applyValues(parts, {})).toBe(parts);
  });

  it.each([
    ['training.optimiser.learningRate', 1, 'Did you mean "optimizer"?'],
    ['plugins[0].epsilonn', 1, 'Did you mean "epsilon"?'],
    ['plugins[1].epsilon', 1, 'an item from 0 to 0'],
    ['training.epochs.most', 1, 'it has no parts'],
    ['training.optimizer.toString', 1, 'There is no option'],
    ['training.epochs', '3', 'another type'],
    ['backbone.hiddenUnits', 64, 'another type'],
    ['training.optimizer', [], 'another type'],
  ])('are refused: %s', (path, value, says) => {
    expect(() => applyValues(parts, { [path]: value })).toThrow(says);
    expect(() => applyValues(parts, { [path]: value })).toThrow('MDCTR_SEARCH_PATH');
  });
});

const random = (space: Space, kind = 'random'): SearchOptions =>
  ({ kind, trials: 4, seed: 1, factor: 2, minEpochs: 1, space }) as never;
const range = { low: 1, high: 2 };

describe('a space', () => {
  it.each([
    ['training', 'random', 'The search of all methods is not over this.'],
    ['data.minFrequency', 'random', 'training.OPTION, embedding.OPTION, backbone.OPTION'],
    ['plugins[0].epsilon', 'random', 'belong into the "search" of its method'],
    ['training.optimizer.kind', 'grid', 'Search over the whole object'],
    ['backbone.name', 'random', 'decides which other options'],
    ['training.epochs', 'halving', 'Halving shares out epochs itself'],
  ])('has no %s (%s)', (path, kind, says) => {
    expect(() => openSearch(random({ [path]: range }, kind), { epochs: 2 })).toThrow(says);
  });

  it.each(['training.clipNorm', 'plugins[0]', 'plugins'])('of a method has no %s', (path) => {
    expect(() => openSearch(random({}), { epochs: 2, methodSpace: { [path]: range } })).toThrow(
      'own search is over options',
    );
  });

  it.each([
    [{ 'training.optimizer': { values: [{}] }, 'training.optimizer.learningRate': range }],
    [{ 'backbone.hiddenUnits[0]': range, 'backbone.hiddenUnits': { values: [[1]] } }],
    [{ 'backbone.hiddenUnits[0]': range, 'backbone.hiddenUnits.0': range }],
  ])('has no option twice: %j', (space) => {
    expect(() => openSearch(random(space), { epochs: 2 })).toThrow('Two dimensions change');
    expect(openSearch(random({ 'training.a': range, 'training.ab': range }), { epochs: 2 }).candidates).toHaveLength(4);
  });

  it('is held against the options, and an error says where in the config the path stands', () => {
    const locate = (path: readonly (string | number)[]) => ({ file: path.join('/') });
    const place = { parts, locate, ownPlace: ['methods', 2, 'search'] };
    const open = (): unknown =>
      openSearch(random({}), { epochs: 2, methodSpace: { 'plugins[0].epsilonn': range }, ...place });
    expect(open).toThrow(MdctrError);
    expect(open).toThrow('at        methods/2/search/plugins[0].epsilonn');
    expect(open).toThrow('path      methods[2].search["plugins[0].epsilonn"]');
    const wrong = random({ 'backbone.hiddenUnits': { values: [[1], 2] } });
    expect(() => openSearch(wrong, { epochs: 2, ...place })).toThrow('found     2');
  });

  it('names its ends and choices, for schemas to look at', () => {
    const narrower = { 'plugins[0].epsilon': { low: 0, high: 0.45, step: 0.2 } };
    const { extremes } = checkSpace(random({ 'backbone.hiddenUnits': { values: [[1], [2]] } }), narrower, { parts });
    expect(extremes.map(({ path, value }) => [path, value])).toEqual([
      ['backbone.hiddenUnits', [1]],
      ['backbone.hiddenUnits', [2]],
      ['plugins[0].epsilon', 0],
      ['plugins[0].epsilon', 0.4],
    ]);
  });
});

describe('the section of a config', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { search: closedSchema(searchSchema(['auc', 'logLoss'])), own: closedSchema(MethodSpace) },
  };
  const located = (value: unknown): never =>
    ({
      at: { file: 'study.json' },
      baseDir: '/',
      value:
        value instanceof Object && !Array.isArray(value)
          ? new Map(
              Object.entries(value).map(([key, part]) => [key, { keyAt: { file: 'study.json' }, node: located(part) }]),
            )
          : Array.isArray(value)
            ? value.map(located)
            : value,
    }) as never;
  const read = (search: object): { search: SearchOptions } =>
    validateConfig(new ConfigDocument('study.json', located({ search })), schema);

  it('gets defaults', () => {
    const space = { 'training.x': { low: 1, high: 2 } };
    expect(read({ kind: 'halving', space }).search).toEqual({
      ...{ kind: 'halving', trials: 16, space, seed: 1, factor: 3, minEpochs: 1 },
    });
    expect(read({ kind: 'grid', space, metric: 'auc' }).search).toEqual({
      kind: 'grid',
      trials: 16,
      space,
      metric: 'auc',
    });
  });

  it.each([
    [{ kind: 'random', space: { 'training.x': { lo: 1 } } }, 'Did you mean "low"?'],
    [{ kind: 'random', space: { 'training.x': [1, 2] } }, 'MDCTR_CONFIG_TYPE'],
    [{ kind: 'random' }, 'lacks "space"'],
    [{ kind: 'bayes', space: {} }, 'one of grid, random, halving'],
    [{ kind: 'grid', space: {}, seed: 1 }, '"seed" is no option'],
    [{ kind: 'grid', space: {}, metric: 'acu' }, 'Did you mean "auc"?'],
  ])('is refused: %j', (search, says) => {
    expect(() => read(search)).toThrow(says);
  });
});
