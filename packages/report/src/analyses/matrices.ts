import type { DiagnosticMatrix } from '@mdctr/core';
import type { TrialResult } from '../results/trial.js';

/** A plugin's matrix after the best epoch of a trial. */
export interface TrialMatrix {
  readonly trial: TrialResult;
  readonly plugin: string;
  readonly matrix: DiagnosticMatrix;
}

/** All matrices of one kind that the trials' plugins gave. */
export function matricesOf(trials: readonly TrialResult[], kind: DiagnosticMatrix['columnsAre']): TrialMatrix[] {
  return trials.flatMap((trial) =>
    Object.entries(trial.details?.diagnostics ?? {}).flatMap(([plugin, { matrices = [] }]) =>
      matrices.filter(({ columnsAre }) => columnsAre === kind).map((matrix) => ({ trial, plugin, matrix })),
    ),
  );
}
