import { Random } from '@mdctr/base';
import type { Parameter } from '@mdctr/tensor';

/** A direction of length 1, partly the gradient's own and partly random. */
export function slopeDirection(path: string, gradient: Float32Array): Float32Array {
  const random = new Random(3).fork(path);
  const noise = gradient.map(() => random.normal());
  const [size, noiseSize] = [Math.hypot(...gradient), Math.hypot(...noise)];
  // Unequal parts: in one dimension two of one length could cancel each other.
  const mixed = gradient.map((value, i) => (size > 0 ? value / size : 0) + noise[i]! / (2 * noiseSize));
  const mixedSize = Math.hypot(...mixed);
  return mixed.map((value) => value / mixedSize);
}

/** The loss at a distance along a direction. */
export type Along = (direction: Float32Array, distance: number) => number;

/** The loss along a direction of one parameter, which keeps its values. */
export function valuesAlong(parameter: Parameter, loss: () => number): Along {
  const start = parameter.toHost();
  return (direction, distance) => {
    parameter.write(start.map((value, i) => value + distance * direction[i]!));
    const result = loss();
    parameter.write(start);
    return result;
  };
}

/** The loss along a direction of the embedding rows. */
export function rowsAlong(start: Float32Array, loss: (rows: Float32Array) => number): Along {
  return (direction, distance) => loss(start.map((value, i) => value + distance * direction[i]!));
}
