import type { DataFacts, SettingFacts } from '../results/data.js';
import type { TableRow } from '../results/table-row.js';
import type { TrialResult } from '../results/trial.js';

/** What analyses read of a study's results. */
export interface AnalysedStudy {
  /** Of the first setting, where there are several. */
  readonly data: DataFacts;
  readonly settings?: readonly SettingFacts[];
  readonly trials: readonly TrialResult[];
  readonly baseline: string | null;
  /** The study's config, where it is known. */
  readonly config?: unknown;
}

/** What figures read of them: the table too. */
export interface TabulatedStudy extends AnalysedStudy {
  readonly table: readonly TableRow[];
}
