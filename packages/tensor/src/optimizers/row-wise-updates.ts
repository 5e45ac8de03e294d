import { pairOf } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { RowStorage } from '../state/row-storage.js';
import { tf } from '../tfjs.js';
import { ComposedRowUpdates } from './composed-row-updates.js';
import type { RateHistory } from './rate-history.js';
import type { StepAt } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/**
 * Rows under Adagrad with one accumulator a row: a += mean(g^2) over the row, w -= rate g / (sqrt(a) + epsilon). Composed of
 * TensorFlow's ops, wherever the rows live.
 */
export class RowWiseUpdates extends ComposedRowUpdates<RowStorage> {
  constructor(
    weights: RowStorage,
    rule: UpdateRule,
    rates: RateHistory,
    private readonly epsilon: number,
  ) {
    super(weights, rule, rates, (value) => weights.alike(value, 1));
  }

  protected override current(ids: Int32Array, gaps: Int32Array | undefined, step: number): Tensor[] {
    const rows = this.storages.map((storage) => storage.takeRows(ids));
    if (!gaps) return rows;
    // Of the steps that a row missed, weight decay alone changes it.
    const kept = Float32Array.from(this.factorsOf(gaps, step), (factors) => factors.kept);
    const [weights, accumulators] = pairOf(rows);
    const left = tf.tidy(() => tf.mul(weights, tf.tensor2d(kept, [ids.length, 1])));
    weights.dispose();
    return [left, accumulators];
  }

  protected override apply(rows: readonly Tensor[], ids: Int32Array, gradient: Tensor, { rate }: StepAt): void {
    const [weights, accumulators] = pairOf(rows); // [U, k], [U, 1]
    const [ofWeights, ofAccumulators] = pairOf(this.storages);
    tf.tidy(() => {
      const sums = tf.add(accumulators, tf.mean(tf.square(gradient), 1, true));
      const change = tf.div(tf.mul(gradient, rate), tf.add(tf.sqrt(sums), this.epsilon));
      ofWeights.putRows(ids, tf.sub(weights, change));
      ofAccumulators.putRows(ids, sums);
    });
    for (const tensor of rows) tensor.dispose();
  }
}
