/**
 * The values of a batch in fields that are pooled: lists of ids, and numbers. A bag is one distinct value; its vector is the
 * sum of its elements' embedding rows times its weight. Bags lie field by field, and those of a field in one run.
 */
export interface Bags {
  /** [L] index into the batch's `uniqueIds` of each element, bag after bag, a list's in their order. */
  readonly elements: Int32Array;
  /** [S + 1] bag s holds the elements `starts[s]` up to `starts[s + 1]`; none for an empty list, whose vector is zero. */
  readonly starts: Int32Array;
  /**
   * [S] weight of each bag: 1 / length of a list whose mean is taken, 1 of one whose sum is, the number in a numeric field. With
   * `attention` 1: the model computes a weight for each element.
   */
  readonly weights: Float32Array;
  /** [F + 1] the bags of field f are `fieldStarts[f]` up to `fieldStarts[f + 1]`. */
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
  used.forEach((s, i) => {
    newElements.set(elements.subarray(starts[s], starts[s + 1]), newStarts[i]);
  });
  return {
    bags: {
      elements: newElements,
      starts: newStarts,
      weights: Float32Array.from(used, (s) => weights[s]!),
      fieldStarts: fieldStarts.map((s) => place[s]!),
    },
    inverse: inverse.map((entry) => (entry < first ? entry : first + place[entry - first]!)),
  };
}
