import type { StudyResults } from '@mdctr/report';
import type { BaselineTrial, StudyTrial } from '../plan/types.js';
import type { BaselineOutcome, TrialOutcome } from '../trial/outcome.js';
import type { BaselineRun, TrialRun, Workplace } from './executor.js';

/** Keeps what a study has found: in a folder that it can go on in, or in memory. */
export interface StudyStore {
  /** When the study began, ISO 8601. */
  readonly createdAt: string;
  /** Where processes of an executor may share files; undefined where there is no place for any. */
  readonly workplace: Workplace | undefined;
  /** How trials ended in earlier runs of the study, by their index. */
  outcomes(trials: readonly StudyTrial[]): Promise<Map<number, TrialOutcome>>;
  /** The same of the fits of baselines. */
  baselineOutcomes(trials: readonly BaselineTrial[]): Promise<Map<number, BaselineOutcome>>;
  /** Folder that an executor leaves a trial's checkpoint, result and scores in; undefined for none. */
  folderOf(trial: StudyTrial | BaselineTrial): string | undefined;
  /** Whether a trial was broken off after a checkpoint. */
  hasCheckpoint(trial: StudyTrial): boolean;
  /** From then on the trial counts as ended. */
  record(trial: StudyTrial | BaselineTrial, run: TrialRun | BaselineRun): Promise<void>;
  /** [N] scores of a trial, or of a variant of it, on the reported split by ascending row. */
  scoresOf(trial: Pick<StudyTrial, 'folder'>, variant: string | undefined): Float32Array;
  /** Keeps the results as they stand. */
  save(results: StudyResults): Promise<void>;
  /** Of a study that comes to no trial: one that begins with this run leaves no word of itself. */
  abandon(): Promise<void>;
}
