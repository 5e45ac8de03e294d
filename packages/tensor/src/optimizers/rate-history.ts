/**
 * The learning rate of every step so far. Rows that missed steps make up for them at the rates of those very steps, and a
 * gap may have begun long ago, so all are kept: four bytes a step. They are float32, as TensorFlow's ops take them and as
 * a checkpoint saves them.
 */
export class RateHistory {
  /** Rate of step t at t - 1. */
  private rates = new Float32Array(256);
  private count = 0;
  /** Logarithm of what `decay` has left of a weight after step t, at t. */
  private logKept = new Float64Array(this.rates.length + 1);

  /** `decay`: decoupled weight decay, which takes rate * decay off a weight in every step. */
  constructor(readonly decay = 0) {}

  /** Adds the rate of the next step. */
  push(rate: number): void {
    if (this.count === this.rates.length) this.grow(2 * this.count);
    this.rates[this.count++] = rate;
    this.logKept[this.count] = this.logKept[this.count - 1]! + Math.log1p(-this.at(this.count) * this.decay);
  }

  /** The rate of a step, from 1. */
  readonly at = (step: number): number => this.rates[step - 1]!;

  /** What weight decay has left, after step `to`, of a weight as it was after step `from`: 1 without decay. */
  kept(from: number, to: number): number {
    return Math.exp(this.logKept[to]! - this.logKept[from]!);
  }

  /** [steps] a copy. */
  toArray(): Float32Array {
    return this.rates.slice(0, this.count);
  }

  restore(rates: Float32Array): void {
    this.count = 0;
    for (const rate of rates) this.push(rate);
  }

  private grow(length: number): void {
    const [rates, logKept] = [this.rates, this.logKept];
    this.rates = new Float32Array(length);
    this.rates.set(rates);
    this.logKept = new Float64Array(length + 1);
    this.logKept.set(logKept);
  }
}
