/**
 * The learning rate of every step so far. Rows that missed steps make up for them at the rates of those very steps, and a
 * gap may have begun long ago, so all are kept: four bytes a step. They are float32, as TensorFlow's ops take them and as
 * a checkpoint saves them.
 */
export class RateHistory {
  /** Rate of step t at t - 1. */
  private rates = new Float32Array(256);
  private count = 0;

  /** Adds the rate of the next step. */
  push(rate: number): void {
    if (this.count === this.rates.length) {
      const longer = new Float32Array(2 * this.count);
      longer.set(this.rates);
      this.rates = longer;
    }
    this.rates[this.count++] = rate;
  }

  /** The rate of a step, from 1. */
  readonly at = (step: number): number => this.rates[step - 1]!;

  /** [steps] a copy. */
  toArray(): Float32Array {
    return this.rates.slice(0, this.count);
  }

  restore(rates: Float32Array): void {
    this.rates = rates.length > 0 ? rates.slice() : new Float32Array(256);
    this.count = rates.length;
  }
}
