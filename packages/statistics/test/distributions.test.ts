import { describe, expect, it } from 'vitest';
import {
  normalCdf,
  normalCritical,
  normalQuantile,
  normalTwoSided,
  studentCritical,
  studentTwoSided,
} from '../src/index.js';
import { fixtures, relativeError } from './fixtures.js';

const { normal, student } = fixtures;

describe('the normal distribution', () => {
  it.each(normal.tails)('P(|Z| >= %f)', (z, p) => {
    expect(relativeError(normalTwoSided(z), p)).toBeLessThan(3e-13);
    expect(normalTwoSided(-z)).toBe(normalTwoSided(z));
  });

  it.each(normal.cdf)('P(Z <= %f)', (z, p) => expect(relativeError(normalCdf(z), p)).toBeLessThan(3e-13));

  it.each(normal.quantiles)('the quantile of %f', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-12 * Math.max(1, Math.abs(z)));
  });

  it('has quantiles at the ends, and none outside', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(1.1)]).toEqual([-Infinity, Infinity, NaN]);
    expect(normalTwoSided(Infinity)).toBe(0);
  });
});

describe("Student's t", () => {
  it.each(student.tails)('P(|T| >= %f) of %f degrees of freedom', (t, freedom, p) => {
    expect(relativeError(studentTwoSided(t, freedom), p)).toBeLessThan(1e-9);
    // scipy itself is less exact than that for many degrees of freedom.
    if (freedom < 1e3) expect(relativeError(studentTwoSided(-t, freedom), p)).toBeLessThan(3e-13);
  });

  it.each([
    // By mpmath's betainc with 40 digits, where scipy is not exact.
    [1.73, 0.5, 0.47632709544512566],
    [1e4, 29, 2.353786608812438e-96],
    [8, 1e3, 3.426661482391474e-15],
    [10, 99_999, 1.563301928102139e-23],
    [3, 1e5, 0.002700460884064719],
    [8, 1e6, 1.245506343320252e-15],
    [0.1, 1e6, 0.9203443454920432],
  ])('P(|T| >= %f) of %f degrees of freedom, in many digits', (t, freedom, p) => {
    expect(relativeError(studentTwoSided(t, freedom), p)).toBeLessThan(1e-11);
  });

  it('of one degree of freedom is the Cauchy distribution', () => {
    for (const t of [1e-9, 0.3, 2]) expect(studentTwoSided(t, 1)).toBeCloseTo(1 - (2 * Math.atan(t)) / Math.PI, 14);
  });

  it.each(student.critical)('the critical value at %f of %f degrees of freedom', (alpha, freedom, t) => {
    expect(relativeError(studentCritical(alpha, freedom), t)).toBeLessThan(1e-9);
  });

  it('of infinite degrees of freedom is the normal distribution', () => {
    expect(studentTwoSided(2, Infinity)).toBe(normalTwoSided(2));
    expect(studentCritical(0.05, Infinity)).toBe(normalCritical(0.05));
    expect(relativeError(studentTwoSided(3, 1e12), normalTwoSided(3))).toBeLessThan(1e-9);
  });

  it('is 0 at infinity and no number where nothing is defined', () => {
    expect(studentTwoSided(-Infinity, 3)).toBe(0);
    expect(studentTwoSided(NaN, 3)).toBeNaN();
    expect(studentTwoSided(1, 0)).toBeNaN();
  });
});
