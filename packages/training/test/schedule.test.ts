import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { TrainingOptions } from '../src/index.js';
import { afterEvaluation, newPlateau } from '../src/schedule/plateau.js';
import { rateFactor } from '../src/schedule/rate-factor.js';
import type { PlateauOptions, ScheduleOptions } from '../src/schedule/options.js';

const stepsAnEpoch = 5;
const plannedSteps = 20;
const factors = (options: ScheduleOptions, steps = plannedSteps): number[] =>
  Array.from({ length: steps }, (_, step) => rateFactor(options, { step, stepsAnEpoch, plannedSteps }));

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => expect(value, `step ${i}`).toBeCloseTo(wanted[i]!, 9));
}

/** What a rule that goes from rate to rate gives. */
function chain(steps: number, next: (rate: number, step: number) => number): number[] {
  const rates = [1];
  for (let step = 1; step < steps; step++) rates.push(next(rates.at(-1)!, step));
  return rates;
}

describe('learning-rate schedules', () => {
  it('are constant by default', () => {
    const { schedule } = Value.Default(TrainingOptions, {}) as { schedule: ScheduleOptions };
    expect(new Set(factors(schedule))).toEqual(new Set([1]));
  });

  it('warm up evenly, and begin with what follows at the full rate', () => {
    const found = factors({ kind: 'linear', warmupSteps: 4, endFactor: 0.2 });
    expectNear(found.slice(0, 5), [0.25, 0.5, 0.75, 1, 1]);
    expect(found[5]).toBeLessThan(1);
    expect(factors({ kind: 'linear', warmupSteps: 4, endFactor: 0.2 }, 22).slice(-2)).toEqual([
      expect.closeTo(0.2),
      expect.closeTo(0.2),
    ]);
  });

  // The chained forms in which PyTorch documents and computes its schedulers.
  it('linear: LinearLR', () => {
    const end = 0.1;
    const wanted = chain(plannedSteps, (rate, step) => {
      return rate * (1 + (end - 1) / (plannedSteps + (step - 1) * (end - 1)));
    });
    expectNear(factors({ kind: 'linear', warmupSteps: 0, endFactor: end }), wanted);
  });

  it('cosine: CosineAnnealingLR', () => {
    const end = 0.05;
    const cos = (step: number): number => Math.cos((step * Math.PI) / plannedSteps);
    const wanted = chain(plannedSteps, (rate, step) => end + ((1 + cos(step)) / (1 + cos(step - 1))) * (rate - end));
    expectNear(factors({ kind: 'cosine', warmupSteps: 0, endFactor: end }), wanted);
  });

  it('step: StepLR, by epochs', () => {
    const wanted = chain(plannedSteps, (rate, step) => (step % 10 === 0 ? rate / 4 : rate));
    expectNear(factors({ kind: 'step', warmupSteps: 0, everyEpochs: 2, factor: 0.25 }), wanted);
  });

  it('exponential: the factor over an epoch', () => {
    const found = factors({ kind: 'exponential', warmupSteps: 0, factor: 0.5 });
    expectNear([found[0]!, found[5]!, found[10]!], [1, 0.5, 0.25]);
    expectNear(
      found,
      chain(plannedSteps, (rate) => rate * 0.5 ** (1 / 5)),
    );
  });

  it('oneCycle: OneCycleLR, from the start factor over the peak down to the end factor', () => {
    const found = factors({ kind: 'oneCycle', warmupShare: 0.3, startFactor: 0.04, endFactor: 4e-6 });
    expectNear([found[0]!, found[5]!, found[19]!], [0.04, 1, 4e-6]); // the peak at 0.3 * 20 - 1
    expect(found.slice(0, 6)).toEqual([...found.slice(0, 6)].sort((a, b) => a - b));
    expect(found.slice(5)).toEqual(found.slice(5).sort((a, b) => b - a));
    expect(found[12]).toBeCloseTo(0.5 * (1 + 4e-6), 9); // half-way down
  });
});

describe('plateau', () => {
  const options: PlateauOptions = {
    kind: 'plateau',
    warmupSteps: 0,
    factor: 0.1,
    patience: 2,
    minDelta: 0.01,
    cooldown: 0,
    minFactor: 0.005,
  };
  const course = (scores: readonly (number | undefined)[], more: Partial<PlateauOptions> = {}): number[] => {
    let state = newPlateau;
    return scores.map((score) => {
      state = afterEvaluation(state, score, { ...options, ...more });
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      return state.factor;
    });
  };

  it('goes down after `patience` epochs that are not better by more than minDelta', () => {
    expectNear(course([0.5, 0.6, 0.605, 0.6, 0.7, 0.6, 0.6]), [1, 1, 1, 0.1, 0.1, 0.1, 0.01]);
  });

  it('goes no lower than minFactor', () => {
    expectNear(course([0.5, 0, 0, 0, 0, 0, 0, 0, 0]), [1, 1, 0.1, 0.1, 0.01, 0.01, 0.005, 0.005, 0.005]);
  });

  it('leaves epochs of the cooldown, and those without the metric, uncounted', () => {
    expectNear(course([0.5, 0, 0, 0, 0, 0], { cooldown: 2 }), [1, 1, 0.1, 0.1, 0.1, 0.1]);
    expectNear(course([0.5, 0, undefined, 0]), [1, 1, 1, 0.1]);
  });
});
