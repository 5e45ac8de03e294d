import { expect, it } from 'vitest';
import { metricsOf } from './evaluate-rows.js';

/** `rows` rows of a domain with `clicks` clicks, all scored alike. */
const domain = (id: number, rows: number, clicks: number, score: number) =>
  Array.from({ length: rows }, (_, i) => [id, i < clicks ? 1 : 0, score] as const);

it('is the deviation of PCOC over domains, weighted by rows', () => {
  // PCOC 1 on 4 rows, 0.5 on 8: the mean is 2/3.
  const { pcocSpread } = metricsOf([...domain(0, 4, 2, 0.5), ...domain(1, 8, 4, 0.25)]);
  expect(pcocSpread).toBeCloseTo(Math.sqrt((4 * (1 / 3) ** 2 + 8 * (1 / 6) ** 2) / 12), 12);
});

it('is 0 where all domains promise too much by the same factor', () => {
  const { pcoc, pcocSpread } = metricsOf([...domain(0, 4, 1, 0.5), ...domain(1, 8, 2, 0.5)]);
  expect([pcoc, pcocSpread]).toEqual([2, 0]);
});

it('leaves domains without clicks out, and is undefined where none has any', () => {
  const one = domain(0, 4, 2, 0.5);
  expect(metricsOf([...one, ...domain(1, 8, 0, 0.9)])['pcocSpread']).toBe(0);
  expect(metricsOf(domain(0, 3, 0, 0.5))['pcocSpread']).toBeNull();
});
