import { describe, expect, it } from 'vitest';
import { analyse, scalarOf } from '../../src/index.js';
import { trialOf, study, usual } from './study.js';

const byLayer = (values: readonly (readonly (number | null)[])[]) => ({
  ...{ name: 'share', meaning: 'A share.', rows: ['a', 'b'], columnsAre: 'layers' as const },
  ...{ columns: ['deep/0', 'deep/1'], values },
});

describe('what plugins say', () => {
  it('is one number a trial: mean over domains by rows, then over layers', () => {
    const trial = trialOf('shared', 0, usual);
    expect(
      scalarOf(
        byLayer([
          [0.2, 0.5],
          [0.8, null],
        ]),
        trial,
      ),
    ).toBeCloseTo(((0.2 * 400 + 0.8 * 200) / 600 + 0.5) / 2, 12);
    expect(
      scalarOf(
        byLayer([
          [null, null],
          [null, null],
        ]),
        trial,
      ),
    ).toBeNull();
  });

  it('is a mean over seeds, by plugin and matrix', () => {
    const trials = [0.2, 0.4].map((share, seed) => {
      const trial = trialOf('shared', seed, usual);
      const diagnostics = {
        adasparse: {
          matrices: [
            byLayer([
              [share, share],
              [share, share],
            ]),
          ],
        },
      };
      return { ...trial, details: { ...trial.details!, diagnostics } };
    });
    const [row, ...others] = analyse(study(usual, { trials })).pluginStatistics!;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      backbone: 'dnn',
      method: 'shared',
      plugin: 'adasparse',
      name: 'share',
      value: { n: 2 },
    });
    expect(row!.value.mean).toBeCloseTo(0.3, 12);
  });
});
