import type { DiagnosticMatrix, Diagnostics } from '@mdctr/core';
import type { Inspection } from '@mdctr/inspect';
import type { EpochOutcome, TrialDetails } from '@mdctr/report';
import type { Evaluation } from '@mdctr/metrics';
import type { EpochResult, TrainingResult } from '@mdctr/training';

interface Trained {
  readonly training: TrainingResult;
  readonly network?: Inspection;
}

/**
 * What results.json keeps of a trial for figures. `evaluation` is that of the reported split. A variant's line is another way
 * to predict with the same training: its epochs are measured its own way, and diagnostics stand with the trial's own line.
 */
export function detailsOf(evaluation: Evaluation, { training, network }: Trained, variant?: string): TrialDetails {
  const { epochs, bestEpoch } = training;
  return {
    domains: evaluation.domains,
    calibration: evaluation.calibration,
    diagnostics: variant === undefined ? (epochs[bestEpoch - 1]?.diagnostics ?? {}) : {},
    epochs: epochs.map((epoch) => outcomeOf(epoch, variant)),
    ...(network && variant === undefined && { network }),
  };
}

function outcomeOf({ epoch, loss, validation, diagnostics }: EpochResult, variant?: string): EpochOutcome {
  const measured = variant === undefined ? validation : validation?.variants?.[variant];
  const { metrics = {} } = measured ?? {};
  const matrices = variant === undefined ? byLayer(diagnostics) : {};
  return { epoch, loss, metrics, ...(Object.keys(matrices).length > 0 && { matrices }) };
}

/** Matrices of pairs would make up nearly all of results.json; they are kept for the best epoch, under `diagnostics`. */
function byLayer(diagnostics: Readonly<Record<string, Diagnostics>>): Record<string, DiagnosticMatrix[]> {
  const kept = Object.entries(diagnostics).map(
    ([plugin, { matrices = [] }]) => [plugin, matrices.filter(({ columnsAre }) => columnsAre === 'layers')] as const,
  );
  return Object.fromEntries(kept.filter(([, matrices]) => matrices.length > 0));
}
