import type { Inspection } from '@mdctr/inspect';
import type { DiagnosticMatrix, Diagnostics } from '@mdctr/core';
import type { CalibrationBin, DomainEvaluation, MetricValues } from '@mdctr/metrics';

/** One epoch of a training. */
export interface EpochOutcome {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps, penalties included. */
  readonly loss: number;
  /** Of the validation rows; empty where there are none. */
  readonly metrics: MetricValues;
  /** By plugin: numbers by domain and layer. Those by pair of domains are given for the best epoch alone. */
  readonly matrices?: Readonly<Record<string, readonly DiagnosticMatrix[]>>;
}

/** What figures are drawn from. A line of a variant has the training's epochs, and no diagnostics of its own. */
export interface TrialDetails {
  /** Most rows first. */
  readonly domains: readonly DomainEvaluation[];
  /** Lowest scores first. */
  readonly calibration: readonly CalibrationBin[];
  /** What the plugins had to say after the best epoch, by plugin. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
  readonly epochs: readonly EpochOutcome[];
  /** The model as a tree; a study's results have it once for each model, under `networks`. */
  readonly network?: Inspection;
}
