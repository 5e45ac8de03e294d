/**
 * Values of the pooled fields of a batch: lists of ids, and numbers. A bag is one distinct value. Its vector is the weighted
 * sum of the embedding rows of its elements. Bags are ordered by field.
 */
export interface Bags {
  /** [L] index of each element in the batch's `uniqueIds`, bag by bag, in the order of the list. */
  readonly elements: Int32Array;
  /** [S + 1] bag s has the elements `starts[s]` to `starts[s + 1]`, the end excluded. An empty bag has the vector zero. */
  readonly starts: Int32Array;
  /**
   * [L] weight of each element: 1 / length for the mean of a list, 1 for the sum, the number itself for a numeric field. It
   * is 1 for `attention`, where the model computes the weights.
   */
  readonly weights: Float32Array;
  /** [F + 1] field f has the bags `fieldStarts[f]` to `fieldStarts[f + 1]`, the end excluded. */
  readonly fieldStarts: Int32Array;
}

/**
 * The bags that some rows use, and the rows' places in them.
 * @param inverse of these rows; entries from `first` on are `first` + the number of a bag.
 */
export function usedBags(bags: Bags, inverse: Int32Array, first: number): { bags: Bags; inverse: Int32Array } {
  const { elements, weights, starts, fieldStarts } = bags;
  const place = new Int32Array(starts.length); // place[s]: how many of the bags before s are used
  for (const entry of inverse) if (entry >= first) place[entry - first + 1] = 1;
  const used: number[] = [];
  for (let s = 0; s + 1 < starts.length; s++) {
    if (place[s + 1] === 1) used.push(s);
    place[s + 1] = used.length;
  }
  const newStarts = new Int32Array(used.length + 1);
  used.forEach((s, i) => (newStarts[i + 1] = newStarts[i]! + starts[s + 1]! - starts[s]!));
  const newElements = new Int32Array(newStarts[used.length]!);
  const newWeights = new Float32Array(newElements.length);
  used.forEach((s, i) => {
    newElements.set(elements.subarray(starts[s], starts[s + 1]), newStarts[i]);
    newWeights.set(weights.subarray(starts[s], starts[s + 1]), newStarts[i]);
  });
  return {
    bags: {
      elements: newElements,
      starts: newStarts,
      weights: newWeights,
      fieldStarts: fieldStarts.map((s) => place[s]!),
    },
    inverse: inverse.map((entry) => (entry < first ? entry : first + place[entry - first]!)),
  };
}
