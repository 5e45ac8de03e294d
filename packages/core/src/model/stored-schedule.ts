import type { Parameter } from '@mdctr/tensor';
import type { Schedule } from './tokens.js';

/** Steps that are kept in a parameter, so that it is saved with the weights. */
export class StoredSchedule implements Schedule {
  private cached: number | undefined;

  constructor(private readonly parameter: Parameter) {}

  get step(): number {
    this.cached ??= this.parameter.toHost()[0]!;
    return this.cached;
  }

  reload(): void {
    this.cached = undefined;
  }

  /** Exact up to 2^24 steps. */
  set(step: number): void {
    this.parameter.write(Float32Array.of(step));
    this.cached = this.parameter.toHost()[0]!;
  }
}
