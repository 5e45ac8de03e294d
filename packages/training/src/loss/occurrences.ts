import { totalIds, type Bags, type BatchSource } from '@mdctr/core';
import { EVALUATION_BATCH } from '../evaluate/evaluate-split.js';

/**
 * [rows of the embedding table] how often the training rows have each id: as a value, and as an element of a list. The ids of a number
 * count once a row. It takes a pass over the training rows.
 */
export async function countOccurrences(source: BatchSource): Promise<Float64Array> {
  const counts = new Float64Array(totalIds(source.schema));
  for await (const { uniqueIds, inverse, bags } of source.batches('train', { batchSize: EVALUATION_BATCH })) {
    const distinct = uniqueIds.length;
    const rowsOfBags = new Float64Array(bags ? bags.starts.length - 1 : 0);
    for (const place of inverse) {
      if (place < distinct) counts[uniqueIds[place]!]! += 1;
      else rowsOfBags[place - distinct]! += 1;
    }
    if (bags) addElements(counts, uniqueIds, bags, rowsOfBags);
  }
  return counts;
}

/** Counts the elements of each bag as often as rows have the bag. */
function addElements(
  counts: Float64Array,
  uniqueIds: Int32Array,
  { elements, starts }: Bags,
  rowsOfBags: Float64Array,
): void {
  rowsOfBags.forEach((rows, bag) => {
    for (let e = starts[bag]!; e < starts[bag + 1]!; e++) counts[uniqueIds[elements[e]!]!]! += rows;
  });
}
