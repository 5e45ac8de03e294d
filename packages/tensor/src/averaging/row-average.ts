import type { Tensor } from '@tensorflow/tfjs-core';
import { idleFactors, rowsBehind } from '../optimizers/idle-rows.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { chunkRows, consecutive } from '../state/chunks.js';
import type { EmbeddingTable } from '../state/embedding-table.js';
import type { RowStorage } from '../state/row-storage.js';
import { tf } from '../tfjs.js';
import type { AverageHistory } from './average-history.js';

/** What the steps of a gap make of an average: `average` times it, `first` times the row before the gap, `last` times that after. */
interface CatchUp {
  readonly average: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The average of the rows of a table. A row is brought up to date when a batch has it, and all are in a flush: the result is
 * that of averaging the whole table after every step, at the cost of the rows in the batch.
 */
export class RowAverage {
  /** The averages, or the weights while the two are swapped. */
  readonly storage: RowStorage;
  /** By row: the step that its average is of; 0 for rows that no step has changed. */
  readonly lastStep: Int32Array;

  constructor(
    private readonly table: EmbeddingTable,
    private readonly optimizer: Optimizer,
    private readonly history: AverageHistory,
  ) {
    this.storage = table.storage.alike(0);
    this.lastStep = optimizer.lastSteps(table);
    this.storage.writeChunks(0, table.chunks());
  }

  /** Averages of rows that are about to be updated, up to the last step. */
  catchUp(ids: Int32Array): void {
    const { step } = this.history;
    const gaps = ids.map((id) => {
      const last = this.lastStep[id]!;
      return last === 0 && this.optimizer.rates.decay === 0 ? 0 : step - last;
    });
    if (gaps.every((gap) => gap === 0)) return;
    tf.tidy(() => {
      const { average, first, last } = this.factors(gaps, step);
      const before = tf.mul(this.table.lookup(ids), first);
      const after = tf.mul(this.optimizer.lookup(this.table, ids), last);
      this.storage.putRows(ids, tf.addN([tf.mul(this.storage.takeRows(ids), average), before, after]));
    });
    for (const id of ids) this.lastStep[id] = step;
  }

  /** Takes rows in that the last step has updated; `decay` is its d. */
  take(ids: Int32Array, decay: number): void {
    tf.tidy(() => {
      const averages = tf.mul(this.storage.takeRows(ids), decay);
      this.storage.putRows(ids, tf.add(averages, tf.mul(this.table.lookup(ids), 1 - decay)));
    });
    for (const id of ids) this.lastStep[id] = this.history.step;
  }

  /** All rows, up to the last step; to be called before the optimizer is flushed. */
  flush(): void {
    const lastSteps = (begin: number, end: number): Int32Array => this.lastStep.slice(begin, end);
    for (const ids of rowsBehind(this.table.rows, lastSteps, this.optimizer.rates, this.history.step)) {
      this.catchUp(ids);
    }
  }

  /** Exchanges averages and weights, chunk by chunk. */
  swap(): void {
    const { rows, dim, storage: weights } = this.table;
    const size = chunkRows(dim);
    for (let begin = 0; begin < rows; begin += size) {
      const ids = consecutive(begin, Math.min(rows, begin + size));
      tf.tidy(() => {
        const [weight, average] = [weights.takeRows(ids), this.storage.takeRows(ids)];
        weights.putRows(ids, average);
        this.storage.putRows(ids, weight);
      });
    }
  }

  dispose(): void {
    this.storage.dispose();
  }

  /** Columns [U, 1]; a gap occurs in many rows, so each is worked out once. */
  private factors(gaps: Int32Array, step: number): Readonly<Record<keyof CatchUp, Tensor>> {
    const known = new Map<number, CatchUp>();
    for (const gap of gaps) if (!known.has(gap)) known.set(gap, this.factorsOf(gap, step));
    const column = (of: keyof CatchUp): Tensor =>
      tf.tensor2d(
        Float32Array.from(gaps, (gap) => known.get(gap)![of]),
        [gaps.length, 1],
      );
    return { average: column('average'), first: column('first'), last: column('last') };
  }

  /**
   * In the steps of a gap a row goes from w to w_j = K_j w - D_j u, with what weight decay leaves, K_j, and the way D_j of momentum
   * along a fixed direction u (`IdleRule`). The row after the gap tells u, so the average of the w_j is a sum of both ends.
   */
  private factorsOf(gap: number, step: number): CatchUp {
    if (gap === 0) return { average: 1, first: 0, last: 0 };
    const { rule, rates } = this.optimizer;
    const { history } = this;
    const from = step - gap;
    const { kept, distance } = idleFactors(rule, rates, gap, step);
    // Each step's part of the way counts in the average from that step on.
    const rateOf = (at: number): number => rates.at(at) * history.kept(at - 1, step, at);
    const last = distance === 0 ? 0 : (rule.idle?.distance(gap, step, rateOf) ?? 0) / distance;
    return { average: history.share(from, step), first: history.kept(from, step) - last * kept, last };
  }
}
