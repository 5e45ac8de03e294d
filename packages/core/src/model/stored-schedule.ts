import type { Parameter } from '@mdctr/tensor';
import type { Schedule } from './tokens.js';

/** Progress that is kept in a parameter, so that it is saved with the weights. */
export class StoredSchedule implements Schedule {
  private cached: number | undefined;

  constructor(private readonly parameter: Parameter) {}

  get progress(): number {
    this.cached ??= this.parameter.toHost()[0]!;
    return this.cached;
  }

  reload(): void {
    this.cached = undefined;
  }

  set(value: number): void {
    this.parameter.write(Float32Array.of(value));
    this.cached = this.parameter.toHost()[0]!;
  }
}
