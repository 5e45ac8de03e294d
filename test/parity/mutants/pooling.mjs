const bagPooling = 'packages/core/src/model/bag-pooling.ts';
const batchBags = 'packages/data/src/batches/batch-bags.ts';
const bags = 'packages/core/src/features/bags.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const pooling = [
  ['mean without its length', batchBags, '1 / length : 1', '1 : 1'],
  ['mean of a list one longer', batchBags, '1 / length : 1', '1 / (length + 1) : 1'],
  ['attention: not scaled', bagPooling, '1 / Math.sqrt(this.dim)', '1'],
  [
    'attention: over the whole batch',
    'packages/tensor/src/ops/rows.ts',
    'gatherRows(segmentSum(powers, segment, segments), segment)',
    'tf.sum(powers)',
  ],
  ['number left out', bagPooling, 'tensor(weights, [weights.length, 1])', 'fill([weights.length, 1], 1)'],
  [
    'weights of a view: those of other bags',
    bags,
    'newWeights.set(weights.subarray(starts[s], starts[s + 1]), newStarts[i]);',
    'newWeights.set(weights.subarray(starts[i], starts[i + 1]), newStarts[i]);',
  ],
];
