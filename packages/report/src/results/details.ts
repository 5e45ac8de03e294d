import type { Inspection } from '@mdctr/inspect';
import type { DiagnosticMatrix, Diagnostics } from '@mdctr/core';
import type { CalibrationBin, DomainEvaluation, MetricValues } from '@mdctr/metrics';

/** One evaluation of a training. */
export interface EvaluationOutcome {
  /** From 1. */
  readonly epoch: number;
  /** Steps done; older results lack it. */
  readonly step?: number;
  /** Epochs done, with fractions; `epoch` at the end of an epoch. Older results lack it, and have no others. */
  readonly epochsDone?: number;
  /** Mean training loss over the epoch's steps so far, penalties included; null before the first step. */
  readonly loss: number | null;
  /** Of the validation rows; empty where there are none. */
  readonly metrics: MetricValues;
}

/** One epoch of a training. */
export interface EpochOutcome extends EvaluationOutcome {
  /** By plugin: numbers by domain and layer. Those by pair of domains are given for the best epoch alone. */
  readonly matrices?: Readonly<Record<string, readonly DiagnosticMatrix[]>>;
}

/** What figures are drawn from. A line of a variant has the training's epochs, and no diagnostics of its own. */
export interface TrialDetails {
  /** Most rows first. */
  readonly domains: readonly DomainEvaluation[];
  /** Lowest scores first. */
  readonly calibration: readonly CalibrationBin[];
  /** What the plugins had to say after the best evaluation, by plugin. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
  readonly epochs: readonly EpochOutcome[];
  /** All evaluations, those of `epochs` among them, where there were others. */
  readonly evaluations?: readonly EvaluationOutcome[];
  /** The model as a tree; a study's results have it once for each model, under `networks`. */
  readonly network?: Inspection;
}
