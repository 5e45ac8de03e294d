import type { BaselineResult, TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import type { BaselineTrial, PlannedTrial, StudyPlan } from '../../src/plan/types.js';
import { againstBaselines } from '../../src/results/against-baselines.js';
import { scoredLines } from '../../src/results/scored-lines.js';
import type { BaselineOutcome } from '../../src/trial/outcome.js';

const labels = Float32Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? 1 : 0));
/** Scores that follow the labels of so many rows in a hundred. */
const following = (share: number): Float32Array =>
  labels.map((label, i) => ((i * 37) % 100 < share ? label + (i % 7) / 100 : ((i * 13) % 97) / 97));

const network = (seed: number): PlannedTrial =>
  ({ setting: 0, seed, folder: `trials/dnn/plain/seed-${seed}` }) as PlannedTrial;
const lineOf = (seed: number): TrialResult => ({ backbone: 'dnn', method: 'plain', seed }) as TrialResult;
const plan = { trials: [1, 2].map((seed, index) => ({ ...network(seed), index })) } as unknown as StudyPlan;
const outcomes = new Map([1, 2].map((seed, index) => [index, { lines: [lineOf(seed)] as const }]));

/** Each baseline's validation metric by seed; of null its fit failed. */
function baselines(validation: Record<string, (number | null)[]>) {
  const trials: BaselineTrial[] = [];
  const ended = new Map<number, BaselineOutcome>();
  for (const [method, values] of Object.entries(validation)) {
    values.forEach((value, i) => {
      const index = trials.length;
      const cell = { backbone: '(none)', method, seed: i + 1 };
      trials.push({
        index,
        setting: 0,
        cell,
        seed: i + 1,
        selectBy: 'auc',
        folder: `${method}/${i + 1}`,
      } as BaselineTrial);
      const result = { ...cell, validation: value } as BaselineResult;
      ended.set(index, value === null ? { failure: { ...cell, code: null, reason: '', seconds: 0 } } : { result });
    });
  }
  return { trials, ended };
}

function test(validation: Record<string, (number | null)[]>, share: number) {
  const asked: string[] = [];
  const lines = scoredLines(plan, outcomes, ({ folder }) => {
    asked.push(folder);
    return folder.startsWith('trials') ? following(60) : following(share);
  });
  const { trials, ended } = baselines(validation);
  return { ...againstBaselines(lines, trials, ended, [labels]), asked };
}

describe('networks against the best baseline', () => {
  it('are tested against the one that is best on the validation rows, whatever the test rows say', () => {
    const { best, gains, asked } = test({ a: [0.6], b: [0.7] }, 20);
    expect(best).toEqual([{ label: 'b', chosenBy: 'AUC' }]);
    expect(gains).toMatchObject([
      { backbone: 'dnn', method: 'plain', baseline: 'b', gain: { n: 2, verdict: 'better' } },
    ]);
    expect(asked).toEqual(['trials/dnn/plain/seed-1', 'b/1', 'trials/dnn/plain/seed-2', 'b/1']);
  });

  it('are paired by seed with one that each seed fits anew, and can lose', () => {
    const { gains, asked } = test({ a: [0.6], b: [0.7, 0.6] }, 95);
    expect(gains![0]!.gain).toMatchObject({ verdict: 'worse', comparisons: 1 });
    expect(gains![0]!.gain.interval!.high).toBeLessThan(0);
    expect(asked.filter((folder) => folder.startsWith('b'))).toEqual(['b/1', 'b/2']);
  });

  it('are shown no difference to one with the same scores', () => {
    expect(test({ a: [0.6] }, 60).gains![0]!.gain).toMatchObject({ mean: 0, verdict: 'no difference shown' });
  });

  it('are not compared where every baseline failed', () => {
    expect(test({ a: [null] }, 60)).toEqual({ asked: [] });
  });
});
