import { isTargetMean } from '@mdctr/data';
import type { LabelledData } from '../baseline.js';
import { logit } from '../maths.js';
import type { Column } from './column.js';

/**
 * The fields that are encoded as target means: how far the logit of each row's mean is from that of all training rows. Where such
 * a field stands in the place of ids, nothing else is known of its values.
 */
export function encodedMeans({ schema, ids, bags, rows, featureMap }: LabelledData): Column[] {
  const width = schema.fields.length;
  return featureMap.fields.flatMap((field, f): Column[] => {
    const table = bags?.[f];
    const means = featureMap.targetMeans?.[f];
    if (!isTargetMean(field) || !means || !table?.weights) return [];
    const { mean, deviation } = field.encoding.scales!.logit;
    const prior = logit(means.prior);
    // Of a bag's two elements the first is the logit; an empty list has none.
    const byBag = Float32Array.from({ length: table.starts.length - 1 }, (_, bag) => {
      const begin = table.starts[bag]!;
      return begin === table.starts[bag + 1] ? 0 : table.weights![begin]! * deviation + mean - prior;
    });
    const values = new Float32Array(rows);
    for (let row = 0; row < rows; row++) values[row] = byBag[ids[row * width + f]!]!;
    return [{ name: field.name, values }];
  });
}
