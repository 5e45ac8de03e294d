import type { TrainingOptions } from '../options/options.js';
import type { Checkpoints, TrainingIdentity } from './checkpoints.js';
import type { TrainingState } from './training-state.js';

/** Where checkpoints go, and what training they are of. */
export interface CheckpointPlace {
  readonly checkpoints: Checkpoints;
  readonly identity: TrainingIdentity;
}

/** Says when the next checkpoint is due, and writes it. Without a place for them none is ever due. */
export class CheckpointTimer {
  private writtenAt = performance.now();

  constructor(
    private readonly options: TrainingOptions['checkpoint'],
    private readonly place: CheckpointPlace | undefined,
  ) {}

  /** Between two steps of an epoch. */
  due(): boolean {
    const { everySeconds } = this.options;
    if (!this.place || everySeconds === 0) return false;
    return performance.now() - this.writtenAt >= everySeconds * 1000;
  }

  dueAtEpochEnd(): boolean {
    return this.place !== undefined && this.options.epochEnd;
  }

  async write(state: TrainingState): Promise<void> {
    await this.place?.checkpoints.write(state, this.place.identity);
    this.writtenAt = performance.now(); // from the end, so that slow disks do not eat the training
  }
}
