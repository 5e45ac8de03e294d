import type { AssembledModel, BatchSource } from '@mdctr/core';
import { evaluateScores } from '@mdctr/metrics';
import {
  calibrated,
  fitCalibration,
  type Calibration,
  type CalibrationOptions,
  type SplitEvaluation,
  type SplitScores,
} from '@mdctr/training';

/** Name of the line with calibrated scores, as of a variant. */
export const CALIBRATED = 'calibrated';

/** Scores of a split by variant; `undefined` is the model's own way. */
export type ScoresByVariant = ReadonlyMap<string | undefined, SplitScores>;

/** The scores that a saved model predicts with. */
function servedScores({ variants }: AssembledModel, scores: ScoresByVariant): SplitScores | undefined {
  return scores.get(variants.find(({ serves }) => serves)?.name);
}

/** A calibration of the scores that the model serves, by the validation rows; undefined where there are too few. */
export function calibrationOf(
  assembled: AssembledModel,
  { schema }: BatchSource,
  scores: ScoresByVariant,
  options: CalibrationOptions,
): Calibration | undefined {
  const served = servedScores(assembled, scores);
  return served && fitCalibration(served, schema.domains.length, options);
}

/** The served scores of a split, calibrated. */
export function calibratedScores(
  assembled: AssembledModel,
  calibration: Calibration,
  scores: ScoresByVariant,
): SplitScores | undefined {
  const served = servedScores(assembled, scores);
  return served && { ...served, scores: calibrated(calibration, served) };
}

/** An evaluation with that of calibrated scores as one variant more. */
export function withCalibrated(
  evaluation: SplitEvaluation,
  { groups, schema }: BatchSource,
  { order, scores, labels, domains }: SplitScores,
): SplitEvaluation {
  const groupOf = groups && order.map((row) => groups[row]!);
  const found = evaluateScores({ scores, labels, domains, groups: groupOf, domainLabels: schema.domains });
  return { ...evaluation, variants: { ...evaluation.variants, [CALIBRATED]: found } };
}
