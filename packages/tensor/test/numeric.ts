import {
  ensureRuntime,
  silentReport,
  sum,
  mul,
  tensor,
  toHost,
  valueAndGradients,
  type Scalar,
  type Tensor,
} from '../src/index.js';

/** The best tier of this machine; tests of semantics run on whatever there is. */
export const native = (await ensureRuntime({ report: silentReport })).tier !== 'wasm';

/** Deterministic numbers that are neither near 0 nor near each other. */
export function numbers(count: number, seed = 1): Float32Array {
  let state = seed * 2654435761;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = (state / 2 ** 32) * 4 - 2;
    return Math.abs(value) < 0.1 ? value + 0.3 : value;
  });
}

type Op = (...inputs: Tensor[]) => Tensor;

/** Scalar loss with a different weight for every output, so that a mix-up of elements shows. */
function lossOf(op: Op, inputs: Tensor[]): Scalar {
  const y = op(...inputs);
  return sum(mul(y, tensor(numbers(y.size, 7), y.shape))) as Scalar;
}

export function analyticGradients(op: Op, shapes: number[][]): { values: Float32Array; gradients: Float32Array[] } {
  const inputs = shapes.map((shape, i) =>
    tensor(
      numbers(
        shape.reduce((a, b) => a * b, 1),
        i + 1,
      ),
      shape,
    ),
  );
  const { gradients } = valueAndGradients(() => lossOf(op, inputs), inputs);
  return { values: toHost(op(...inputs)), gradients: gradients.map((g) => toHost(g!)) };
}

/** Central differences in float32: good to about 1e-2. */
export function numericGradients(op: Op, shapes: number[][], step = 1e-2): Float32Array[] {
  const hosts = shapes.map((shape, i) =>
    numbers(
      shape.reduce((a, b) => a * b, 1),
      i + 1,
    ),
  );
  const evaluate = (): number =>
    toHost(
      lossOf(
        op,
        hosts.map((values, i) => tensor(values.slice(), shapes[i]!)),
      ),
    )[0]!;
  return hosts.map((values) =>
    values.map((value, j) => {
      values[j] = value + step;
      const above = evaluate();
      values[j] = value - step;
      const below = evaluate();
      values[j] = value;
      return (above - below) / (2 * step);
    }),
  );
}

export function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  if (found.length !== wanted.length) throw new Error(`${found.length} values, expected ${wanted.length}`);
  for (let i = 0; i < found.length; i++) {
    const limit = tolerance * Math.max(1, Math.abs(wanted[i]!));
    if (!(Math.abs(found[i]! - wanted[i]!) <= limit)) {
      throw new Error(`element ${i}: ${found[i]} is not within ${limit} of ${wanted[i]}`);
    }
  }
}
