import type { Inspection } from '@mdctr/inspect';
import type { Analyses } from '../analyses/list.js';
import type { BaselinesResult } from './baselines.js';
import type { BudgetResult } from './budget.js';
import type { CellKey } from './cell-key.js';
import type { DataFacts, SettingFacts } from './data.js';
import type { SCHEMA_VERSION } from './schema-version.js';
import type { TableRow } from './table-row.js';
import type { TrialFailure, TrialResult } from './trial.js';
import type { TuningResult } from './tuning.js';

/** What a model of the table is made of. */
export interface NetworkResult extends CellKey {
  /** Of its first trial: seeds change no shape. */
  readonly inspection: Inspection;
}

/** Everything a study found. */
export interface StudyResults {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly study: string;
  /** Split that all metrics are of. */
  readonly split: 'validation' | 'test';
  /** Whether epochs were chosen on the split that is reported. */
  readonly selectedOnSplit: boolean;
  readonly createdAt: string;
  readonly environment: Readonly<Record<string, string | number | boolean>>;
  /** Of the first setting, where there are several. */
  readonly data: DataFacts;
  /** Parts of the grid that differ in data, training or budget; absent in a study without settings. */
  readonly settings?: readonly SettingFacts[];
  /** The study's config with defaults filled in: what it takes to run it again. */
  readonly config?: unknown;
  /** Label of the method that gains are measured against. */
  readonly baseline: string | null;
  /** Trials that the study consists of; `trials` has fewer where it did not come to its end. */
  readonly plannedTrials: number;
  /** What was predicted without a network; absent where the config names no baselines. */
  readonly baselines?: BaselinesResult;
  /** Lines of networks; those of baselines are in `baselines.table`. */
  readonly table: readonly TableRow[];
  readonly trials: readonly TrialResult[];
  /** Each model as a tree, in the order of the table; absent in results of before there were any. */
  readonly networks?: readonly NetworkResult[];
  /** How networks were scaled to the same size; absent where none was. */
  readonly budgets?: readonly BudgetResult[];
  /** How each model was tuned before; absent where none was. */
  readonly tuning?: readonly TuningResult[];
  /** Trials that failed, in the order of the plan; absent where none did. */
  readonly failures?: readonly TrialFailure[];
  /** What `analyse` made of the trials' details. */
  readonly analyses?: Analyses;
}
