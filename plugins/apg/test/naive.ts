import { DIM, domainValues, fieldValues, inputValues, rows, schema, starts, type LoneLayer } from './layer.js';

/** The layer's output [rows * units], row by row in plain loops from the formulas: W_i = V S_i U as one full kernel. */
export function naive(lone: LoneLayer): number[] {
  return Array.from({ length: rows }, (_, row) => naiveRow(lone, row)).flat();
}

function naiveRow({ store, options, inputs, units }: LoneLayer, row: number): number[] {
  const get = (path: string): Float32Array => {
    const parameter = store.get(`apg/deep/0/${path}`);
    if (!parameter) throw new Error(`no parameter ${path}`);
    return parameter.toHost();
  };
  const x = inputValues(inputs).slice(row * inputs, (row + 1) * inputs);
  const rank = Math.min(options.rank, inputs, units);

  const affine = (z: readonly number[], path: string): number[] => {
    const [kernel, bias] = [get(`${path}/kernel`), get(`${path}/bias`)];
    return Array.from(bias, (b, j) => z.reduce((sum, value, i) => sum + value * kernel[i * bias.length + j]!, b));
  };
  const generate = (z: readonly number[], scope: string, head: string): number[] => {
    const hidden = options.hyperUnits.reduce<number[]>(
      (h, _, i) => affine(h, `${scope}/${i}`).map((value) => Math.max(value, 0)),
      [...z],
    );
    return affine(hidden, `${scope}/${head}`);
  };

  const fieldOf = (name: string): number[] => {
    const at = row * 3 * DIM + schema.fields.findIndex((field) => field.name === name) * DIM;
    return [...fieldValues.slice(at, at + DIM)];
  };
  const group = starts.findIndex((start) => start > row) - 1;
  const apart = options.condition === 'fields' && options.aggregation !== 'input' && options.fields.length > 1;
  const joined = options.fields.flatMap(fieldOf);
  const weights = (head: string): number[] => {
    if (options.condition === 'domain') {
      return generate([...domainValues.slice(group * DIM, (group + 1) * DIM)], 'hyper', head);
    }
    if (options.condition === 'input') return generate([...x], 'hyper', head);
    if (!apart) return generate(joined, 'hyper', head);
    const parts = options.fields.map((name) => generate(fieldOf(name), `hyper/${name}`, head));
    const shares =
      options.aggregation === 'attention' ? softmax(affine(joined, 'attention')) : options.fields.map(() => 1);
    return parts[0]!.map((_, i) => parts.reduce((sum, part, j) => sum + shares[j]! * part[i]!, 0));
  };

  const product = (a: ArrayLike<number>, b: ArrayLike<number>, n: number, k: number, m: number): number[] =>
    Array.from({ length: n * m }, (_, at) => {
      let sum = 0;
      for (let i = 0; i < k; i++) sum += a[Math.floor(at / m) * k + i]! * b[i * m + (at % m)]!;
      return sum;
    });
  const factor = (name: 'u' | 'v', n: number, m: number): ArrayLike<number> => {
    if (!options.sharedFactors) return weights(name);
    const inner = options.overParameterization;
    return inner === 0 ? get(name) : product(get(`${name}-left`), get(`${name}-right`), n, inner, m);
  };
  const vs = product(factor('v', inputs, rank), weights('core'), inputs, rank, rank);
  const kernel = product(vs, factor('u', rank, units), inputs, rank, units);
  const bias = options.generatedBias ? weights('bias') : get('bias');
  return product(x, kernel, 1, inputs, units).map((value, j) => value + bias[j]!);
}

function softmax(scores: number[]): number[] {
  const powers = scores.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}
