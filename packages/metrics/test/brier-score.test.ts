import { expect, it } from 'vitest';
import { metricsOf } from './evaluate-rows.js';

it('is the mean squared distance of score and label', () => {
  const rows = [
    [0, 1, 0.75],
    [0, 0, 0.5],
    [1, 1, 0],
  ] as const;
  expect(metricsOf(rows)['brierScore']).toBe((0.25 ** 2 + 0.5 ** 2 + 1) / 3);
});

it('is 0 for certain and right, 1/4 for one half throughout', () => {
  expect(metricsOf([[0, 1, 1], [0, 0, 0]])['brierScore']).toBe(0); // prettier-ignore
  expect(metricsOf([[0, 1, 0.5], [0, 0, 0.5]])['brierScore']).toBe(0.25); // prettier-ignore
});
