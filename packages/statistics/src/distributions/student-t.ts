import { invert } from './invert.js';
import { normalTwoSided } from './normal.js';

/**
 * Two-sided p value of Student's t: P(|T| >= |t|) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2), the
 * regularised incomplete beta function; with relative precision in the tail as well. `freedom` > 0, not only whole
 * numbers; Infinity is the normal distribution. Source: Abramowitz and Stegun 26.7.1 and 26.5.8.
 */
export function studentTwoSided(t: number, freedom: number): number {
  if (Number.isNaN(t) || !(freedom > 0)) return NaN;
  if (!Number.isFinite(t)) return 0;
  if (freedom > MANY) return normalTwoSided(nearlyNormal(t, freedom));
  const a = freedom / 2;
  const x = freedom / (freedom + t * t);
  const y = (t * t) / (freedom + t * t); // 1 - x, without the loss of digits
  const logX = y < 0.5 ? Math.log1p(-y) : Math.log(x);
  // x^a (1 - x)^(1/2) / B(a, 1/2)
  const front = (Math.exp(a * logX) * Math.sqrt(y) * gammaRatio(a)) / Math.sqrt(Math.PI);
  if (t * t >= 3) return (front / a) * betaFraction(x, a, 0.5);
  return 1 - 2 * front * betaFraction(y, 0.5, a);
}

/** Above so many degrees of freedom the fraction gets long, and the first term of an expansion is exact to all digits. */
const MANY = 1e5;

/** The normal score of a t. Source: Hill, CACM algorithm 395, 1970; his next term is below z^3 / (48 freedom^2). */
function nearlyNormal(t: number, freedom: number): number {
  if (freedom === Infinity) return t;
  const z = Math.sqrt((freedom - 0.5) * Math.log1p((t * t) / freedom));
  return z + (z ** 3 + 3 * z) / (48 * (freedom - 0.5) ** 2);
}

/** The t > 0 with P(|T| >= t) = alpha, for alpha in (0, 1): what a mean's half-width is multiplied with. */
export function studentCritical(alpha: number, freedom: number): number {
  return invert((t) => studentTwoSided(t, freedom), alpha);
}

/** Gamma(a + 1/2) / Gamma(a), by its expansion in 1 / a; small a are brought up to it by recurrence. */
function gammaRatio(a: number): number {
  let factor = 1;
  for (; a < 64; a++) factor *= a / (a + 0.5);
  const r = 1 / a;
  const series =
    1 + r * (-1 / 8 + r * (1 / 128 + r * (5 / 1024 + r * (-21 / 32768 + r * (-399 / 262144 + (r * 869) / 4194304)))));
  return factor * Math.sqrt(a) * series;
}

/** The continued fraction of the incomplete beta function, by Lentz's method; converges for x < (a + 1) / (a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return result;
}
