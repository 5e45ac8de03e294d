import { describe, expect, it } from 'vitest';
import type { StudyConfig } from '../../src/config/types.js';
import { planBaselines } from '../../src/plan/plan-baselines.js';
import { config } from '../small-grid.js';

const training = { selectBy: 'auc', epochs: 2 };
const study = (more: object): StudyConfig =>
  ({
    ...config,
    settings: [{ training }],
    baselines: [{ name: 'logistic' }, { name: 'lightgbm' }],
    ...more,
  }) as unknown as StudyConfig;

describe('the plan of baselines', () => {
  it('has one that no seed changes once, and one that is drawn by a seed with each', () => {
    const trials = planBaselines(study({}), []);
    expect(
      trials.map(({ cell, folder, index, tried }) => [index, cell.backbone, cell.method, cell.seed, folder, tried]),
    ).toEqual([
      [0, '(none)', 'logistic regression', 1, 'baselines/logistic-regression/seed-1', 1],
      [1, '(none)', 'LightGBM', 1, 'baselines/lightgbm/seed-1', 1],
      [2, '(none)', 'LightGBM', 2, 'baselines/lightgbm/seed-2', 1],
    ]);
  });

  it('leaves out what the machine lacks something for', () => {
    const trials = planBaselines(study({}), [{ label: 'LightGBM', reason: 'no Python' }]);
    expect(trials.map(({ cell }) => cell.method)).toEqual(['logistic regression']);
  });

  it('has them in every setting, with as many sets of options as the plain network is tuned over', () => {
    const space = { 'training.optimizer.learningRate': { values: [0.1, 0.01, 0.001] } };
    const search = { kind: 'grid', trials: 9, space, metric: 'logLoss' };
    const settings = [
      { label: 'A', training: { ...training, optimizer: { kind: 'adam', learningRate: 0.1 } }, search },
      { label: 'B', training },
    ];
    const trials = planBaselines(study({ settings, baselines: [{ name: 'logistic', label: 'LR' }] }), []);
    expect(trials.map(({ cell, tried, selectBy, folder }) => [cell.setting, tried, selectBy, folder])).toEqual([
      ['A', 3, 'logLoss', 'baselines/a/lr/seed-1'],
      ['B', 1, 'auc', 'baselines/b/lr/seed-1'],
    ]);
  });
});
