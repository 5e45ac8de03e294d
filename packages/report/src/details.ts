import type { DiagnosticMatrix, Diagnostics } from '@mdctr/core';
import type { Inspection } from './inspection.js';

/** Metrics of one domain of the reported split; null where undefined. */
export interface DomainResult {
  readonly domain: string;
  readonly rows: number;
  readonly positives: number;
  readonly auc: number | null;
  readonly logLoss: number;
}

/** Rows of like score: mean score, and the share of clicks among them. */
export interface CalibrationResult {
  readonly rows: number;
  readonly predicted: number;
  readonly observed: number;
}

/** One epoch of a training. */
export interface EpochOutcome {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps, penalties included. */
  readonly loss: number;
  /** Metrics of the validation rows; null where there are none, or where they are undefined. */
  readonly auc: number | null;
  readonly gauc: number | null;
  readonly logLoss: number | null;
  /** By plugin: numbers by domain and layer. Those by pair of domains are given for the best epoch alone. */
  readonly matrices?: Readonly<Record<string, readonly DiagnosticMatrix[]>>;
}

/** What figures are drawn from. A line of a variant has the training's epochs, and no diagnostics of its own. */
export interface TrialDetails {
  /** Most rows first. */
  readonly domains: readonly DomainResult[];
  /** Lowest scores first. */
  readonly calibration: readonly CalibrationResult[];
  /** What the plugins had to say after the best epoch, by plugin. */
  readonly diagnostics: Readonly<Record<string, Diagnostics>>;
  readonly epochs: readonly EpochOutcome[];
  /** The model as a tree; a study's results have it once for each model, under `networks`. */
  readonly network?: Inspection;
}
