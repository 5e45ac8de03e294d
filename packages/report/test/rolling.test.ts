import { describe, expect, it } from 'vitest';
import { notesOf, summarize } from '../src/index.js';
import { study, trialOf } from './analyses/study.js';

describe('rolling splits', () => {
  const folds = [0.1, 0.2].map((share, i) => ({
    ...{ fold: i + 1, trainRows: 100, evaluationRows: 100 * share, fingerprint: String(i) },
  }));
  const differences = [0.01, 0.012, 0.011, 0.009];
  const rolling = [1, 2].flatMap((seed) =>
    [1, 2].flatMap((fold) => {
      const gain = differences[2 * (seed - 1) + fold - 1]!;
      const base = 0.7 + seed / 100 + fold / 10;
      return [
        { ...trialOf('plain', seed, () => 0.7), metrics: { auc: base }, fold, parameters: 10 * fold },
        { ...trialOf('a_b', seed, () => 0.7), metrics: { auc: base + gain }, fold, parameters: 10 * fold },
      ];
    }),
  );
  const once = study(() => 0.7);
  const data = { ...once.data, folds };
  const of = (overlap?: number) => summarize(rolling, 'plain', () => overlap);

  it('pair trials by seed and fold, and show the model of the last fold', () => {
    const [plain, other] = of();
    const gain = other!.gains['auc']!;
    expect([plain!.seeds, plain!.parameters, gain.n, gain.verdict, gain.rolling]).toEqual([
      4,
      20,
      4,
      'better',
      undefined,
    ]);
    expect(gain.mean).toBeCloseTo(0.0105, 12);
  });

  it('have a note on the folds, and on what a corrected variance leaves of the marks', () => {
    const noteOf = (overlap: number): string =>
      notesOf({ ...once, data, trials: rolling, table: of(overlap) }).find((note) => note.startsWith('Rolling'))!;
    expect(noteOf(0.15)).toContain('folds: 2.');
    expect(noteOf(0.15)).toContain('By their corrected variance 1 of the 1 difference marked here stays shown.');
    expect(noteOf(100)).toContain('0 of the 1 difference marked here stay shown.');
    expect(notesOf({ ...once, data, trials: rolling, table: of(0.15) }).join()).toContain(
      'gain over "plain" of the same backbone, seed and fold',
    );
    expect(notesOf(once).join()).not.toContain('Rolling');
  });

  it('name those settings that have them', () => {
    const settings = ['a', 'b'].map((label) => ({
      ...{ label, split: 'test' as const, selectedOnSplit: false },
      data: label === 'a' ? data : once.data,
    }));
    expect(notesOf({ ...once, settings, trials: rolling, table: of(0.15) }).join()).toContain('folds: a 2.');
  });
});
