import type { Tensor } from '@tensorflow/tfjs-core';
import type { KernelRows } from '../state/kernel-rows.js';
import { tf } from '../tfjs.js';
import { idleFactors, rowsBehind } from './idle-rows.js';
import type { RowUpdates } from './row-updates.js';
import type { StepAt } from './step-at.js';
import type { KernelTable } from './update-rule.js';

/** w -= rate m / (sqrt(v) + floor), with the bias corrections of the step in rate and floor. */
export interface AdamNumbers {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
  readonly floor: number;
}

/** What a gap does to a row, for each gap that occurs among some rows after some step. */
interface Gaps {
  readonly ids: Int32Array;
  readonly step: number;
  /** ids [U], which [U], factors [D, 4], floor [1]: inputs of our kernels. */
  readonly inputs: readonly Tensor[];
}

/**
 * Rows under Adam by our own kernels (packages/tensor/native/table_rows.h): reading makes up for missed steps on the way,
 * updating is one pass over weights and moments in place, on all threads.
 */
export class AdamRows implements RowUpdates {
  readonly slots: readonly KernelRows[];
  private lastStep: Tensor;
  private latest: Gaps | undefined;

  constructor(
    private readonly table: KernelTable,
    private readonly numbers: (at: StepAt) => AdamNumbers,
  ) {
    const { weights, rule } = table;
    this.slots = Array.from({ length: rule.slots }, () => weights.alike(rule.initialSlot));
    this.lastStep = tf.keep(tf.tensor1d(new Int32Array(weights.rows), 'int32'));
  }

  lookup(ids: Int32Array, step: number): Tensor {
    const { inputs } = this.gapsOf(ids, step);
    return this.native.executeSingleOutput('MdctrAdamRows', [], [...this.memory(), ...inputs]);
  }

  update(ids: Int32Array, gradient: Tensor, at: StepAt): void {
    const { beta1, beta2, rate, floor } = this.numbers(at);
    const left = 1 - at.rate * this.table.rates.decay;
    this.write(ids, at.step - 1, gradient, [left, beta1, beta2, rate, floor, at.step]);
    this.forget();
  }

  flush(step: number): void {
    this.forget();
    for (const ids of rowsBehind(
      this.table.weights.rows,
      (begin, end) => this.lastSteps(begin, end),
      this.table.rates,
      step,
    )) {
      tf.tidy(() => this.write(ids, step, tf.zeros([0]), [1, 0, 0, 0, 0, step]));
      this.forget();
    }
  }

  lastSteps(begin: number, end: number): Int32Array {
    const part = tf.slice(this.lastStep, [begin], [end - begin]);
    const steps = part.dataSync() as Int32Array;
    part.dispose(); // `tidy` would look for tensors in each element of an array
    return steps;
  }

  restore(lastSteps: Int32Array): void {
    this.forget();
    this.lastStep.dispose();
    this.lastStep = tf.keep(tf.tensor1d(lastSteps.slice(), 'int32'));
  }

  forget(): void {
    for (const tensor of this.latest?.inputs ?? []) tensor.dispose();
    this.latest = undefined;
  }

  dispose(): void {
    this.forget();
    this.lastStep.dispose();
    for (const slot of this.slots) slot.dispose();
  }

  private get native(): KernelRows['native'] {
    return this.table.weights.native;
  }

  private write(ids: Int32Array, step: number, gradient: Tensor, numbers: readonly number[]): void {
    const { inputs } = this.gapsOf(ids, step);
    tf.tidy(() => {
      const all = [...this.memory(), ...inputs, gradient, tf.tensor1d([...numbers], 'float32'), this.lastStep];
      this.native.executeMultipleOutputs('MdctrAdamRowsUpdate', [], all, 0);
    });
  }

  /** Weights and moments, which the kernels write to. */
  private memory(): Tensor[] {
    return [this.table.weights, ...this.slots].map(({ memory }) => memory);
  }

  private gapsOf(ids: Int32Array, step: number): Gaps {
    if (this.latest?.ids === ids && this.latest.step === step) return this.latest;
    this.forget();
    const inputs = tf.tidy(() => {
      const rows = tf.tensor1d(ids, 'int32');
      const when = tf.tensor1d([step, this.table.rates.decay > 0 ? 1 : 0], 'int32');
      const asked = [this.lastStep, rows, when];
      const [gaps, which] = this.native.executeMultipleOutputs('MdctrRowGaps', [], asked, 2) as [Tensor, Tensor];
      const factors = Float32Array.from(
        [...gaps.dataSync()].flatMap((gap) => {
          const { kept, distance, decays } = idleFactors(this.table.rule, this.table.rates, gap, step);
          return [kept, distance, ...decays];
        }),
      );
      const { floor } = this.numbers({ step: Math.max(1, step), rate: 0 });
      return [rows, which, tf.tensor2d(factors, [gaps.size, 4]), tf.tensor1d([floor])].map((t) => tf.keep(t));
    });
    this.latest = { ids, step, inputs };
    return this.latest;
  }
}
