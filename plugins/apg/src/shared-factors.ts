import type { ParameterScope } from '@mdctr/core';
import { matMul, normal, type Initializer, type Tensor } from '@mdctr/tensor';
import { factorStarts, productStarts, type LowRank } from './initial-values.js';

/** U and V that all conditions share. */
export interface SharedFactors {
  /** [rank, units] */
  u(): Tensor;
  /** [inputs, rank] */
  v(): Tensor;
}

/**
 * U and V as parameters, or, over-parameterised, as products U = U_l U_r and V = V_l V_r of inner width `inner`. A
 * product is folded into one small matrix in every pass, in training too: rows never pass through the inner width, so
 * it costs the same for a batch of any size.
 */
export function sharedFactors(scope: ParameterScope, size: LowRank, inner: number): SharedFactors {
  const starts = factorStarts(size);
  const factor = (name: 'u' | 'v', rows: number, columns: number): (() => Tensor) => {
    const parameter = (suffix: string, shape: readonly number[], start: Initializer) =>
      scope.parameter(`${name}${suffix}`, shape, start);
    if (inner === 0) {
      const whole = parameter('', [rows, columns], normal(starts[name]));
      return () => whole.value;
    }
    const start = productStarts(starts[name], inner);
    const left = parameter('-left', [rows, inner], start.left);
    const right = parameter('-right', [inner, columns], start.right);
    return () => matMul(left.value, right.value);
  };
  return { v: factor('v', size.inputs, size.rank), u: factor('u', size.rank, size.units) };
}
