const bagPooling = 'packages/core/src/model/bag-pooling.ts';
const batchBags = 'packages/data/src/batches/batch-bags.ts';
const bags = 'packages/core/src/features/bags.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const pooling = [
  ['mean without its length', batchBags, '1 / Math.max(1, length) : 1', '1 : 1'],
  ['mean of a list one longer', batchBags, '1 / Math.max(1, length) : 1', '1 / (length + 1) : 1'],
  ['attention: not scaled', bagPooling, '1 / Math.sqrt(this.dim)', '1'],
  [
    'attention: over the whole batch',
    'packages/tensor/src/ops/rows.ts',
    'gatherRows(segmentSum(powers, segment, segments), segment)',
    'tf.sum(powers)',
  ],
  ['number left out', bagPooling, 'return mul(sums, tensor(weights, [weights.length, 1]));', 'return sums;'],
  [
    'weights of a view: those of other bags',
    bags,
    'weights: Float32Array.from(used, (s) => weights[s]!)',
    'weights: Float32Array.from(used, (_, i) => weights[i]!)',
  ],
];
