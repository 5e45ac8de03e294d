import type { Tensor } from '@tensorflow/tfjs-core';
import type { RowStorage } from '../state/row-storage.js';
import type { StepAt } from './step-at.js';

/**
 * The rows of one table under one rule. Only rows that are asked for or updated are touched; what the steps between did to a
 * row is made up for then, so the result is that of a dense optimizer.
 */
export interface RowUpdates {
  /** The optimizer's state for the table: a number for each weight in each of them, or for each row. */
  readonly slots: readonly RowStorage[];
  /** Rows `ids` (distinct, int32 [U]) as they stand after `step`: [U, k]; the caller owns it. Nothing is written. */
  lookup(ids: Int32Array, step: number): Tensor;
  /** One update of the rows `ids` in step `at`; gradient [U, k]. */
  update(ids: Int32Array, gradient: Tensor, at: StepAt): void;
  /** Brings every row up to date with `step`. */
  flush(step: number): void;
  /** Step of the last update, 0 for none, of each row from `begin` up to `end`; a copy. */
  lastSteps(begin: number, end: number): Int32Array;
  /** Puts the steps of last updates back. */
  restore(lastSteps: Int32Array): void;
  /** Forgets what the last look-up left for the update that follows it. */
  forget(): void;
  dispose(): void;
}
