import type { EncodedData } from '@mdctr/data';
import type { LackingBaseline, StudyResults } from '@mdctr/report';
import type { StudyConfig } from '../config/types.js';
import type { BaselineTrial, StudyPlan, StudyTrial } from '../plan/types.js';
import type { BaselineOutcome, TrialOutcome } from '../trial/outcome.js';
import type { Environment } from './environment.js';
import type { TrialProgress } from './executor.js';
import type { PlanFacts } from './plan-facts.js';

/** Trials that run one after the other or side by side: those of a step of the searches, or the study's own. */
export interface Round {
  /** Its trials are those of the round. */
  readonly plan: StudyPlan;
  /** How trials of the round ended before this run, by their index. */
  readonly before: ReadonlyMap<number, TrialOutcome>;
  /** Expected seconds of a trial by its model; only how they compare counts. */
  readonly secondsOf: (model: number) => number;
}

/** Is told how a study goes; every method may be left out. */
export interface StudyObserver {
  /** The data are read, and the executor has started. */
  prepared?(study: { config: StudyConfig; data: readonly EncodedData[]; environment: Environment }): void;
  /** Baselines of the config that the study is run without. */
  lacking?(baselines: readonly LackingBaseline[]): void;
  /** What goes on before and after the trials, in a few words. */
  phase?(what: string): void;
  /** What there is to run. */
  planned?(plan: StudyPlan, facts: PlanFacts): void;
  /** Baselines are fitted now, before all trials; those that were before are not among them. */
  baselinesBegin?(trials: readonly BaselineTrial[]): void;
  baselineBegins?(trial: BaselineTrial): void;
  /** The outcome is recorded. */
  baselineEnds?(trial: BaselineTrial, outcome: BaselineOutcome): void;
  baselinesEnd?(): void;
  roundBegins?(round: Round): void;
  trialBegins?(trial: StudyTrial): void;
  trialProgress?(trial: StudyTrial, progress: TrialProgress): void;
  /** The outcome is recorded and the results are written. `soFar` gives what the study has found; the next trial waits for the promise. */
  trialEnds?(trial: StudyTrial, outcome: TrialOutcome, soFar: () => StudyResults): void | Promise<void>;
  /** All trials of the round have ended, or an error ends the study. */
  roundEnds?(): void;
}
