import type { ParameterScope } from '@mdctr/core';
import { relu, type Initializer, type Tensor } from '@mdctr/tensor';

/** Weights that are generated, one row a condition. */
export interface GeneratedWeights {
  /** S [C, rank * rank] */
  readonly core: Tensor;
  /** [C, units] */
  readonly bias?: Tensor;
  /** U [C, rank * units] */
  readonly u?: Tensor;
  /** V [C, inputs * rank] */
  readonly v?: Tensor;
}

/** Size of each kind of weights to generate, and what they start as before the condition acts. */
export type Heads = { readonly [head in keyof GeneratedWeights]: { size: number; start: Initializer } };

/** The multi-layer perceptron that turns a condition into weights: hidden layers with relu, then one affine map a head. */
export class HyperNetwork {
  private readonly hidden: readonly ((z: Tensor) => Tensor)[];
  private readonly heads: readonly (readonly [string, (z: Tensor) => Tensor])[];

  constructor(scope: ParameterScope, inputs: number, hiddenUnits: readonly number[], heads: Heads) {
    const widths = [inputs, ...hiddenUnits];
    this.hidden = hiddenUnits.map((units, i) => scope.dense(String(i), widths[i]!, units));
    const width = widths[widths.length - 1]!;
    this.heads = Object.entries(heads).map(
      ([name, { size, start }]) => [name, scope.dense(name, width, size, { bias: start })] as const,
    );
  }

  /** z [C, inputs] -> weights, each [C, size]. */
  generate(z: Tensor): GeneratedWeights {
    const h = this.hidden.reduce((value, layer) => relu(layer(value)), z);
    return Object.fromEntries(this.heads.map(([name, head]) => [name, head(h)])) as unknown as GeneratedWeights;
  }
}
