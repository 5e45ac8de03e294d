/** @internal A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /**
   * The values in order, chunk by chunk, where they may be too large to be on the host as a whole. A chunk holds until the
   * next one is asked for.
   */
  readonly chunks?: (() => Iterable<Float32Array>) | undefined;
}

/** @internal An int32 array with its shape. */
export interface NamedIntegers {
  readonly dtype: 'I32';
  readonly shape: readonly number[];
  readonly values: Int32Array;
  /** As those of a `NamedArray`. */
  readonly chunks?: (() => Iterable<Int32Array>) | undefined;
}

/** @internal An array that is fetched when it is asked for, by chunks or as a whole. */
export function tableArray(shape: readonly number[], chunks: () => Iterable<Float32Array>): NamedArray {
  return {
    shape,
    get values() {
      const values = new Float32Array(sizeOf(shape));
      let done = 0;
      for (const chunk of chunks()) {
        values.set(chunk, done);
        done += chunk.length;
      }
      return values;
    },
    chunks,
  };
}

/** @internal The values of an array, in chunks where it has them. */
export function chunksOf<T extends NamedArray | NamedIntegers>(array: T): Iterable<T['values']> {
  return array.chunks?.() ?? [array.values];
}

/** Elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
