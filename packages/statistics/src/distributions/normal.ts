import { invert } from './invert.js';

/**
 * Two-sided p value of a standard normal score: P(|Z| >= |z|) = erfc(|z| / sqrt 2), with relative precision in the tail
 * as well (until doubles end, at |z| = 38). Source: Abramowitz and Stegun 7.1.6 near 0, the continued fraction 7.1.14 beyond.
 */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  const tail = normalTwoSided(z) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** The z with P(Z <= z) = p; -Infinity at 0, Infinity at 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  const z = normalCritical(2 * Math.min(p, 1 - p));
  return p < 0.5 ? -z : z;
}

/** The z > 0 with P(|Z| >= z) = alpha, for alpha in (0, 1). */
export function normalCritical(alpha: number): number {
  return invert(normalTwoSided, alpha);
}

/** For x >= 0. Beyond 2 the fraction converges fast, below it the series loses no more than three digits. */
function erfc(x: number): number {
  return x < 2 ? 1 - erfBySeries(x) : erfcByFraction(x);
}

function erfBySeries(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
}

/** erfc x = e^(-x^2) / sqrt pi / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))), from the inside out. */
function erfcByFraction(x: number): number {
  let tail = x;
  for (let n = 120; n > 0; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
