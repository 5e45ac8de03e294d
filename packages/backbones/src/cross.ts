import type { AffineLayer, Layer, NetworkBuilder } from '@mdctr/core';
import { add, biasAdd, concat, mul, mulAdd, slice, softmax, tanh, zeros, type Tensor } from '@mdctr/tensor';

/** One cross layer without its residual: (x_l, x_0, batch) -> x_0 * (...), all [rows, width]. */
type CrossMap = (x: Tensor, batch: Parameters<Layer>[1]) => Tensor;

export interface CrossOptions {
  readonly crossLayers: number;
  /** Rank of the low-rank experts; 0 for full-rank kernels. */
  readonly rank: number;
  readonly experts: number;
}

/**
 * Cross network: `x_{l+1} = x_0 * f_l(x_l) + x_l`, residual layers with the branch x_0 * f_l(x_l).
 * Full rank: `f(x) = W x + b`. Low-rank mixture: `f(x) = sum_i g_i(x) (U_i tanh(C_i tanh(V_i^T x)) + b)` with softmax
 * gates g. Source: Wang et al., WWW 2021, arXiv 2008.13535, eq. 1 and 3 to 5.
 */
export function crossNetwork(net: NetworkBuilder, width: number, options: CrossOptions): Layer {
  const layers = Array.from({ length: options.crossLayers }, (_, index) => {
    const path = `cross/${index}`;
    const map = options.rank === 0 ? fullRank(net, path, width, index) : lowRank(net, path, width, index, options);
    return { map, ...net.residual(path, width, { kind: 'cross', index }) };
  });
  return (x0, batch) =>
    layers.reduce((x, { map, branch, sum }) => {
      const f = map(x, batch); // [rows, width]
      return sum(branch ? add(branch(mul(x0, f), batch), x) : mulAdd(x0, f, x), batch);
    }, x0);
}

function fullRank(net: NetworkBuilder, path: string, width: number, index: number): CrossMap {
  const map = net.affine(path, width, width, { kind: 'cross', index });
  return (x, batch) => map.forward(x, batch);
}

/**
 * Every factor is an affine site of its own. The gates add up to 1, so the bias can be added once after the mixture.
 * All experts' V (and U) lie side by side in one kernel: one matrix product serves all experts.
 */
function lowRank(
  net: NetworkBuilder,
  path: string,
  width: number,
  index: number,
  { rank, experts }: CrossOptions,
): CrossMap {
  const scope = net.scope(path);
  const factor = (name: string, inputs: number, units: number): AffineLayer =>
    net.affine(`${path}/${name}`, inputs, units, { kind: 'cross', index, factor: true });
  const v = factor('v', width, experts * rank);
  const c = Array.from({ length: experts }, (_, i) => factor(`c/${i}`, rank, rank));
  const u = factor('u', experts * rank, width);
  const bias = scope.parameter('bias', [width], zeros);
  const gate = experts > 1 ? scope.dense('gate', width, experts, { bias: false }) : undefined;
  return (x, batch) => {
    const low = tanh(v.forward(x, batch)); // [rows, experts * rank]
    const gates = gate && softmax(gate(x)); // [rows, experts]
    const mixed = c.map((map, i) => {
      const lowOfExpert = experts === 1 ? low : slice(low, [0, i * rank], [-1, rank]);
      const inner = tanh(map.forward(lowOfExpert, batch)); // [rows, rank]
      // Gating before U is the same as after it, on fewer numbers.
      return gates ? mul(inner, slice(gates, [0, i], [-1, 1])) : inner;
    });
    return biasAdd(u.forward(concat(mixed, 1), batch), bias.value);
  };
}
