import type { Tensor } from '@tensorflow/tfjs-core';
import { createVariable, type Variable } from './variable.js';

/** A named tensor of a model. Trainable parameters get gradients; the others are states, e.g. moving averages. */
export class Parameter {
  private readonly variable: Variable;
  private replacement: Tensor | undefined;
  private held = false;

  /** Use `ParameterStore.create`, which ensures that paths are unique. */
  constructor(
    readonly path: string,
    readonly shape: readonly number[],
    readonly trainable: boolean,
    values: Float32Array,
  ) {
    this.variable = createVariable(shape, values);
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  /** The current value for forward passes. Do not dispose it. */
  get value(): Tensor {
    return this.replacement ?? this.variable.read();
  }

  /** @internal The storage that optimizers change. */
  get storage(): Variable {
    return this.variable;
  }

  /**
   * Replaces the stored value. Has no effect inside `hold`.
   * @param values `size` elements in row-major order.
   */
  write(values: Float32Array | Tensor): void {
    if (!this.held) this.variable.write(values);
  }

  /** A copy of the stored value. */
  toHost(): Float32Array {
    return this.variable.toHost();
  }

  /** Runs `body` with another value for the parameter, e.g. one adapted by an inner step of MAML. */
  with<T>(value: Tensor, body: () => T): T {
    const outer = this.replacement;
    this.replacement = value;
    try {
      return body();
    } finally {
      this.replacement = outer;
    }
  }

  /** Runs `body` and ignores writes, e.g. in a pass that must not update moving averages. */
  hold<T>(body: () => T): T {
    const outer = this.held;
    this.held = true;
    try {
      return body();
    } finally {
      this.held = outer;
    }
  }

  dispose(): void {
    this.variable.dispose();
  }
}
