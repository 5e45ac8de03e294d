import type { DiagnosticMatrix, Diagnostics } from '@mdctr/core';
import type { Inspection } from '@mdctr/inspect';
import type { EpochOutcome, EvaluationOutcome, TrialDetails } from '@mdctr/report';
import type { Evaluation } from '@mdctr/metrics';
import { bestOf, type EpochResult, type TrainingResult } from '@mdctr/training';

interface Trained {
  readonly training: TrainingResult;
  readonly network?: Inspection;
}

/**
 * What results.json keeps of a trial for figures. `evaluation` is that of the reported split. A variant's line is another way
 * to predict with the same training: its epochs are measured its own way, and diagnostics stand with the trial's own line.
 */
export function detailsOf(evaluation: Evaluation, { training, network }: Trained, variant?: string): TrialDetails {
  const { epochs, evaluations } = training;
  return {
    domains: evaluation.domains,
    calibration: evaluation.calibration,
    diagnostics: variant === undefined ? (bestOf(training)?.diagnostics ?? {}) : {},
    epochs: epochs.map((epoch) => outcomeOf(epoch, variant)),
    ...(evaluations.length > epochs.length && { evaluations: evaluations.map((one) => pointOf(one, variant)) }),
    ...(network && variant === undefined && { network }),
  };
}

function outcomeOf(result: EpochResult, variant?: string): EpochOutcome {
  const matrices = variant === undefined ? byLayer(result.diagnostics) : {};
  return { ...pointOf(result, variant), ...(Object.keys(matrices).length > 0 && { matrices }) };
}

function pointOf({ epoch, step, epochsDone, loss, validation }: EpochResult, variant?: string): EvaluationOutcome {
  const measured = variant === undefined ? validation : validation?.variants?.[variant];
  return { epoch, step, epochsDone, loss, metrics: measured?.metrics ?? {} };
}

/** Matrices of pairs would make up nearly all of results.json; they are kept for the best epoch, under `diagnostics`. */
function byLayer(diagnostics: Readonly<Record<string, Diagnostics>>): Record<string, DiagnosticMatrix[]> {
  const kept = Object.entries(diagnostics).map(
    ([plugin, { matrices = [] }]) => [plugin, matrices.filter(({ columnsAre }) => columnsAre === 'layers')] as const,
  );
  return Object.fromEntries(kept.filter(([, matrices]) => matrices.length > 0));
}
