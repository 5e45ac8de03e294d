import type { Random } from '@mdctr/base';

/**
 * Computes the initial values of a parameter.
 * @param random stream that is seeded by the parameter's path.
 */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Fills a parameter with one value. */
export function constant(value: number): Initializer {
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}

export const zeros = constant(0);
export const ones = constant(1);

/** Draws from a normal distribution with mean 0 and the given standard deviation. */
export function normal(std: number): Initializer {
  return (shape, random) => Float32Array.from({ length: sizeOf(shape) }, () => std * random.normal());
}

/** Draws uniformly from [-bound, bound). */
export function uniform(bound: number): Initializer {
  return (shape, random) => Float32Array.from({ length: sizeOf(shape) }, () => bound * (2 * random.uniform() - 1));
}

/**
 * Draws uniformly with the bound sqrt(6 / (fan in + fan out)). The last two dimensions are [fan in, fan out].
 * Source: Glorot and Bengio, AISTATS 2010, eq. 16.
 */
export const glorotUniform: Initializer = (shape, random) => {
  const fanIn = shape[shape.length - 2] ?? 1;
  const fanOut = shape[shape.length - 1] ?? 1;
  return uniform(Math.sqrt(6 / (fanIn + fanOut)))(shape, random);
};
