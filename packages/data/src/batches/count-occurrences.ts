import { totalIds } from '@mdctr/core';
import type { EncodedData } from '../encode/encoded-data.js';

/** By data set: every training on it asks for the same. */
const counted = new WeakMap<EncodedData, Float64Array>();

/**
 * [rows of the joint table] how often the training rows have each id: as a value, and as an element of a list. The ids of a number
 * count once a row.
 */
export function countOccurrences(data: EncodedData): Float64Array {
  const known = counted.get(data) ?? count(data);
  counted.set(data, known);
  return known;
}

function count({ schema, ids, bags, splits }: EncodedData): Float64Array {
  const counts = new Float64Array(totalIds(schema));
  const fields = schema.fields.length;
  for (const [f, { offset }] of schema.fields.entries()) {
    const table = bags?.[f];
    for (const row of splits.train) {
      const value = ids[row * fields + f]!;
      if (!table) counts[offset + value]! += 1;
      else
        for (let e = table.starts[value]!; e < table.starts[value + 1]!; e++) counts[offset + table.elements[e]!]! += 1;
    }
  }
  return counts;
}
