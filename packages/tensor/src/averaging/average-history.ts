import type { RateHistory } from '../optimizers/rate-history.js';

/**
 * What the steps so far do to an average of weights: avg_t = d_t avg_(t-1) + (1 - d_t) w_t. A row of a table that batches
 * missed catches up with all steps of a gap at once, by sums that are kept for every step: sixteen bytes each.
 */
export class AverageHistory {
  /** Logarithm of the product of the d since the last d of 0, by step. */
  private readonly logs = [0];
  /** The average of K, by step: K_t is what weight decay has left after step t of a weight that began with 1. */
  private readonly averages = [1];
  /** The last step whose d was 0: the average is then the weight itself, whatever was before. */
  private lastReset = 0;

  constructor(private readonly rates: RateHistory) {}

  /** The last step that is in the average. */
  get step(): number {
    return this.logs.length - 1;
  }

  /** Adds the next step with its d in [0, 1). */
  push(decay: number): void {
    const step = this.logs.length;
    if (decay === 0) this.lastReset = step;
    this.logs.push(decay === 0 ? 0 : this.logs[step - 1]! + Math.log(decay));
    this.averages.push(decay * this.averages[step - 1]! + (1 - decay) * this.rates.kept(0, step));
  }

  /** The share of the average after step `from` in that after step `to`: the product of the d between. */
  share(from: number, to: number): number {
    if (from === to) return 1;
    return from < this.lastReset ? 0 : Math.exp(this.logs[to]! - this.logs[from]!);
  }

  /** The steps after `from` up to `to`, each by its share in the average, of what weight decay has left since step `since`. */
  kept(from: number, to: number, since = from): number {
    return (this.averages[to]! - this.share(from, to) * this.averages[from]!) / this.rates.kept(0, since);
  }
}
