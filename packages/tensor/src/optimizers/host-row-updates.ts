import { nonEmpty, type NonEmpty } from '@mdctr/base';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostRows } from '../state/host-rows.js';
import { tf } from '../tfjs.js';
import { ComposedRowUpdates } from './composed-row-updates.js';
import type { RateHistory } from './rate-history.js';
import type { StepAt } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/** Rows in host memory, updated by the rule's loop. */
export class HostRowUpdates extends ComposedRowUpdates<HostRows> {
  constructor(weights: HostRows, rule: UpdateRule, rates: RateHistory) {
    super(weights, rule, rates, (value) => weights.alike(value));
  }

  protected override current(ids: Int32Array, gaps: Int32Array | undefined, step: number): Tensor[] {
    const arrays = this.storages.map((storage) => storage.gather(ids));
    if (gaps) this.idle(nonEmpty(arrays), gaps, step);
    return arrays.map((values) => tf.tensor(values, [ids.length, this.weights.dim], 'float32'));
  }

  protected override apply(rows: readonly Tensor[], ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const arrays = rows.map((tensor) => Float32Array.from(tensor.dataSync() as Float32Array));
    for (const tensor of rows) tensor.dispose();
    const [weights, ...slots] = nonEmpty(arrays);
    this.rule.applyHost(weights, slots, gradient.dataSync() as Float32Array, at);
    this.storages.forEach((storage, i) => storage.scatter(ids, arrays[i]!));
  }

  private idle([weights, ...slots]: NonEmpty<Float32Array>, gaps: Int32Array, step: number): void {
    const { idle } = this.rule;
    const { dim } = this.weights;
    const factors = this.factorsOf(gaps, step);
    for (let i = 0; i < weights.length; i++) {
      const row = Math.floor(i / dim);
      if (gaps[row] === 0) continue;
      const { kept, distance, decays } = factors[row]!;
      weights[i]! *= kept;
      if (!idle) continue;
      const direction = idle.directionHost(
        slots.map((slot) => slot[i]!),
        step,
      );
      weights[i]! -= distance * direction;
      slots.forEach((slot, s) => (slot[i]! *= decays[s]!));
    }
  }
}
