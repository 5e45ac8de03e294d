import type { ConfigDocument } from '@mdctr/config';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFolds, withoutFolds } from '../../src/config/folds.js';
import type { StudyConfig, StudySetting } from '../../src/config/types.js';
import { nameOf } from '../../src/plan/name-of.js';
import { planBaselines } from '../../src/plan/plan-baselines.js';
import { planStudy } from '../../src/plan/plan-study.js';
import { config } from '../small-grid.js';

const split = (more: object) => ({ by: 'time', column: 't', validation: 0.1, test: 0.1, ...more });
const setting = (label: string, more: object) =>
  ({ label, data: { split: split(more) }, training: { selectBy: 'auc' } }) as unknown as StudySetting;
const study: StudyConfig = {
  ...config,
  baselines: [{ name: 'logistic' }] as unknown as StudyConfig['baselines'] & object,
  settings: [setting('A', { folds: 2 }), setting('B', {}), setting('C', { folds: 3, fold: 2 })],
};
const documents = ['a', 'b', 'c'] as unknown as ConfigDocument[];
const folded = withFolds(study, documents);

describe('a study with rolling splits', () => {
  it('has a setting for each fold, unless one fold is asked for', () => {
    expect(folded.config.settings.map(({ label, fold, data }) => [label, fold?.number, data.split])).toEqual([
      ['A', 1, split({ folds: 2, fold: 1 })],
      ['A', 2, split({ folds: 2, fold: 2 })],
      ['B', undefined, split({})],
      ['C', undefined, split({ folds: 3, fold: 2 })],
    ]);
    expect(folded.settingDocuments).toEqual(['a', 'a', 'b', 'c']);
    expect(withoutFolds(folded.config)).toEqual(study);
  });

  it('plans the grid on each fold, in folders and with names that tell them apart', () => {
    const { trials, models } = planStudy(folded.config);
    expect([models.length, trials.length]).toEqual([4 * 6, 4 * 12]);
    expect(trials[12]).toMatchObject({
      cell: { setting: 'A', fold: 2, backbone: 'dnn', method: 'plain', seed: 1 },
      setting: 1,
      folder: join('trials', 'a', 'dnn', 'plain', 'fold-2', 'seed-1'),
    });
    expect(trials[24]!.folder).toBe(join('trials', 'b', 'dnn', 'plain', 'seed-1'));
    expect(trials[24]!.cell).not.toHaveProperty('fold');
    expect(new Set(trials.map(({ folder }) => folder)).size).toBe(48);
    expect(nameOf(trials[12]!)).toBe('A: dnn + plain, seed 1, fold 2');
  });

  it('fits baselines on each fold', () => {
    expect(planBaselines(folded.config, []).map(({ setting: place, folder }) => [place, folder])).toEqual([
      [0, join('baselines', 'a', 'logistic-regression', 'fold-1', 'seed-1')],
      [1, join('baselines', 'a', 'logistic-regression', 'fold-2', 'seed-1')],
      [2, join('baselines', 'b', 'logistic-regression', 'seed-1')],
      [3, join('baselines', 'c', 'logistic-regression', 'seed-1')],
    ]);
  });
});
