import { describe, expect, it } from 'vitest';
import { failureGroups, type TrialFailure } from '../src/index.js';

const failure = (backbone: string, method: string, seed: number, more: Partial<TrialFailure> = {}): TrialFailure => {
  return { backbone, method, seed, code: null, reason: 'It broke.', seconds: 1, ...more };
};

describe('failed trials', () => {
  it('are one group for each place in a package, or else for each reason', () => {
    const place = 'src/bad.ts:30:49';
    const failures = [
      failure('dnn', 'plain', 1),
      ...['dnn', 'dcnv2'].flatMap((backbone) =>
        [1, 2].map((seed) => failure(backbone, 'mine', seed, { reason: `in ${backbone}`, place })),
      ),
    ];
    expect(failureGroups(failures)).toEqual([
      { trials: 'mine on dnn, dcnv2 (4 trials)', reason: 'in dnn, src/bad.ts:30:49' },
      { trials: 'dnn + plain, seed 1', reason: 'It broke.' },
    ]);
  });

  it('name their settings', () => {
    expect(failureGroups([failure('dnn', 'plain', 1, { setting: 'few' })])[0]!.trials).toBe('few, dnn + plain, seed 1');
    const both = ['few', 'many'].map((setting) => failure('dnn', 'plain', 1, { setting }));
    expect(failureGroups(both)[0]!.trials).toBe('plain on dnn in few, many (2 trials)');
  });
});
