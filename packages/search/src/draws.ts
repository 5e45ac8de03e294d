import { Random } from '@mdctr/base';

/**
 * `count` shares in [0, 1) of one dimension, one in each of `count` equal parts, in random order: a Latin hypercube, in which
 * few trials cover every dimension evenly. They depend on seed, path and count alone, so methods that share a dimension
 * draw the same of it, whatever else each has.
 * Source: McKay, Beckman & Conover, Technometrics 21 (1979), section 2.
 */
export function shares(seed: number, path: string, count: number): number[] {
  const random = new Random(seed).fork(path);
  const parts = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random.uniform() * (i + 1));
    [parts[i], parts[other]] = [parts[other]!, parts[i]!];
  }
  return parts.map((part) => (part + random.uniform()) / count);
}
