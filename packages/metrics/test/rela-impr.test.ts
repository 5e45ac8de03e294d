import { expect, it } from 'vitest';
import { relaImpr } from '../src/metrics/rela-impr.js';

it('is the improvement over the baseline, counted from guessing', () => {
  expect(relaImpr.compare(0.75, 0.7)).toBeCloseTo(0.25, 12);
  expect(relaImpr.compare(0.65, 0.7)).toBeCloseTo(-0.25, 12);
  expect(relaImpr.compare(0.7, 0.7)).toBe(0);
});

it('is undefined where the baseline is no better than guessing', () => {
  expect(relaImpr.compare(0.7, 0.5)).toBeNull();
  expect(relaImpr.compare(0.7, 0.4)).toBeNull();
});
