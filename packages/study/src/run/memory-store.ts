import type { BaselineTrial, StudyTrial } from '../plan/types.js';
import type { BaselineRun, TrialRun } from './executor.js';
import type { StudyStore } from './store.js';

/** A store that writes nothing: the study begins anew each time. */
export class MemoryStore implements StudyStore {
  readonly createdAt = new Date().toISOString();
  readonly workplace = undefined;
  private readonly scores = new Map<string, NonNullable<TrialRun['scores']>>();

  async outcomes(): Promise<Map<number, never>> {
    return new Map<number, never>();
  }

  async baselineOutcomes(): Promise<Map<number, never>> {
    return new Map<number, never>();
  }

  folderOf(): undefined {
    return undefined;
  }

  hasCheckpoint(): boolean {
    return false;
  }

  async record(trial: StudyTrial | BaselineTrial, { scores }: TrialRun | BaselineRun): Promise<void> {
    if (scores && !('tuning' in trial)) this.scores.set(trial.folder, scores);
  }

  scoresOf(trial: Pick<StudyTrial, 'folder'>, variant: string | undefined): Float32Array {
    const scores = this.scores.get(trial.folder)?.get(variant);
    if (!scores) throw new RangeError(`There are no scores of ${trial.folder}.`);
    return scores;
  }

  async save(): Promise<void> {}

  async abandon(): Promise<void> {}
}
