import { add, matMul, mul, tensor, type Parameter, type Tensor } from '@mdctr/tensor';

/** Row `id - first` of a per-domain parameter for each group; ones for an id without a row. */
export function rowsOf(parameter: Parameter, ids: Int32Array, first: number, units: number): Tensor {
  const domains = parameter.shape[0]!;
  const choice = Float32Array.from(ids).map((id) => (first === 0 ? id % domains : id - 1));
  // [G, D] times [D, units]: a row of zeros for an unseen domain, which the mask turns into ones.
  const pick = tensor(
    Float32Array.from({ length: ids.length * domains }, (_, i) =>
      i % domains === choice[Math.floor(i / domains)] ? 1 : 0,
    ),
    [ids.length, domains],
  );
  const unseen = column(ids, (id) => (first === 1 && id === 0 ? 1 : 0));
  return add(matMul(pick, parameter.value), mul(unseen, tensor(new Float32Array(units).fill(1), [1, units])));
}

/** [G, 1] */
export function column(ids: Int32Array, value: (id: number) => number): Tensor {
  return tensor(Float32Array.from(ids, value), [ids.length, 1]);
}
