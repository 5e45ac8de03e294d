import { Random } from '@mdctr/base';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../src/columns/columns.js';
import { gather } from '../src/columns/gather.js';
import { designOf, widthOf } from '../src/logistic/design.js';
import { fitLogistic } from '../src/logistic/fit-logistic.js';
import { Lbfgs } from '../src/logistic/lbfgs.js';
import { objectiveOf } from '../src/logistic/objective.js';
import { sample } from './sample.js';
import coefficients from './fixtures/sklearn-coefficients.json' with { type: 'json' };

const data = sample();
const { groupings, numbers } = featuresOf(data);
const blocks = groupings.filter(({ crossed }) => !crossed);
const { train } = data.splits;
const design = designOf(blocks, numbers, train).of(train);
const objective = objectiveOf(design, gather(data.labels, train), 3);

const minimum = (): Float64Array => {
  const minimiser = new Lbfgs(objective, new Float64Array(widthOf(design)));
  for (let step = 0; step < 500 && minimiser.step(); step++);
  return minimiser.point;
};

describe('the objective of the logistic regression', () => {
  it('has the gradient that finite differences have, for ids, lists, numbers and the intercept', () => {
    const random = new Random(3);
    const point = Float64Array.from({ length: widthOf(design) }, () => random.normal());
    const { gradient } = objective(point);
    for (const k of point.keys()) {
      const [up, down] = [1e-5, -1e-5].map((h) => objective(point.map((one, j) => (j === k ? one + h : one))).value);
      expect((up! - down!) / 2e-5).toBeCloseTo(gradient[k]!, 7);
    }
  });

  it('is minimised: no gradient is left, and every change makes it worse', () => {
    const point = minimum();
    const { value, gradient } = objective(point);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-6);
    const random = new Random(4);
    for (let i = 0; i < 20; i++) {
      expect(objective(point.map((one) => one + 0.01 * random.normal())).value).toBeGreaterThan(value);
    }
  });

  it('has the minimum of scikit-learn', () => {
    const point = minimum();
    expect(coefficients.length).toBe(point.length);
    coefficients.forEach((coefficient, k) => expect(point[k]).toBeCloseTo(coefficient, 3));
  });
});

describe('the fit of a logistic regression', () => {
  it('stops by the validation rows, and gives the best point', async () => {
    const fit = (patience: number, iterations: number) =>
      fitLogistic(data, { blocks, columns: numbers }, { l2: 1e-3, iterations, patience });
    const long = await fit(1000, 300);
    const short = await fit(5, 300);
    const cut = await fit(1000, long.steps);
    expect(long.steps).toBeLessThan(300);
    expect(cut.scores).toEqual(long.scores);
    expect(short.steps).toBeLessThanOrEqual(long.steps);
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const options = { l2: 1, iterations: 10, patience: 5 };
    await expect(fitLogistic(data, { blocks, columns: numbers }, options, signal)).rejects.toThrow('enough');
  });
});
