import type { Tensor } from '@tensorflow/tfjs-core';
import { createVariable, type Variable } from './variable.js';

/** A tensor with a path name. Trainable ones get gradients; the others are state, e.g. moving averages. */
export class Parameter {
  private readonly variable: Variable;
  private replacement: Tensor | undefined;
  private held = false;

  /** Made by a `ParameterStore`, which gives each path once. */
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

  /** The value that forward passes use; do not dispose it. */
  get value(): Tensor {
    return this.replacement ?? this.variable.read();
  }

  /** @internal The storage that optimizers change. */
  get storage(): Variable {
    return this.variable;
  }

  /** Replaces the stored value (unless it is held); `values` has `size` elements, row-major. */
  write(values: Float32Array | Tensor): void {
    if (!this.held) this.variable.write(values);
  }

  /** A copy of the stored value. */
  toHost(): Float32Array {
    return this.variable.toHost();
  }

  /** Runs `body` with another value in the parameter's place, e.g. one adapted by an inner step of MAML. */
  with<T>(value: Tensor, body: () => T): T {
    const outer = this.replacement;
    this.replacement = value;
    try {
      return body();
    } finally {
      this.replacement = outer;
    }
  }

  /** Runs `body` while writes are dropped, e.g. a pass that must not count in moving averages. */
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
