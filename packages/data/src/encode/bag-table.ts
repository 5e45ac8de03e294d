import { sharedFloat32, sharedInt32 } from './shared-arrays.js';

/**
 * The distinct values of a pooled field as bags of ids, in shared memory. A row's id in `EncodedData.ids` is the number
 * of its bag; bag 0 is that of no value.
 */
export interface BagTable {
  /** [bags + 1] bag b holds the elements `starts[b]` up to `starts[b + 1]`. */
  readonly starts: Int32Array;
  /** Ids of the field, 0 to size - 1. */
  readonly elements: Int32Array;
  /** [elements] what each row is multiplied by; absent in lists. */
  readonly weights?: Float32Array;
}

/** The arrays of a table, in one order. */
export function arraysOf({ starts, elements, weights }: BagTable): (Int32Array | Float32Array)[] {
  return weights ? [starts, elements, weights] : [starts, elements];
}

/**
 * A bag for each number: id 1 times the number; no value is id 0 as it is.
 * @param numbers by bag, bag 0 included; NaN for no value.
 */
export function bagsOfNumbers(numbers: Float64Array): BagTable {
  const table = {
    starts: sharedInt32(numbers.length + 1),
    elements: sharedInt32(numbers.length),
    weights: sharedFloat32(numbers.length),
  };
  numbers.forEach((number, bag) => {
    table.starts[bag + 1] = bag + 1;
    table.elements[bag] = Number.isNaN(number) ? 0 : 1;
    table.weights[bag] = Number.isNaN(number) ? 1 : number;
  });
  return table;
}
