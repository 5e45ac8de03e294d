import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StudyConfig } from '../../src/config/types.js';
import { planStudy } from '../../src/plan/plan-study.js';
import { config } from '../small-grid.js';

const { trials, models, baseline } = planStudy(config);

describe('a plan', () => {
  it('runs the whole grid under each setting, with what the setting says', () => {
    const settings = [
      { label: '1 domain', training: { epochs: 1 } },
      { label: '2 domains', training: { epochs: 2 } },
    ];
    const plan = planStudy({ ...config, settings } as unknown as StudyConfig);
    expect(plan.trials).toHaveLength(24);
    expect(plan.models).toHaveLength(12);
    expect(plan.trials[12]).toMatchObject({
      cell: { setting: '2 domains', backbone: 'dnn', method: 'plain', seed: 1 },
      training: { epochs: 2 },
      setting: 1,
      folder: join('trials', '2-domains', 'dnn', 'plain', 'seed-1'),
    });
    expect(new Set(plan.trials.map(({ folder }) => folder)).size).toBe(24);
  });

  it('has every backbone with every method and seed, in order, each with a folder of its own', () => {
    expect(trials).toHaveLength(12);
    expect(models).toHaveLength(6);
    expect(baseline).toBe('plain');
    expect(trials.map(({ index }) => index)).toEqual(trials.map((_, i) => i));
    expect(trials[3]!.cell).toEqual({ backbone: 'dnn', method: 'A+B', seed: 2 });
    expect(trials[5]!.folder).toBe(join('trials', 'dnn', 'a-b-2', 'seed-2'));
    expect(trials[6]!.cell.backbone).toBe('dnn#2');
    expect(trials.filter(({ model }) => model === 4).map(({ plugins }) => plugins)).toEqual([
      [{ name: 'a' }],
      [{ name: 'a' }],
    ]);
    expect(new Set(trials.map(({ folder }) => folder)).size).toBe(12);
  });
});
