import { MdctrError } from '@mdctr/base';
import type { CalibrationOptions } from './options.js';
import { fitIsotonic, isotonic, type IsotonicCalibration } from './isotonic.js';
import type { JudgedScores } from './judged-scores.js';
import { fitScale, scaled, type ScaleCalibration } from './scale.js';

/** What calibrates the scores of each domain. Survives JSON. Inside a domain it never reverses the order of two scores. */
export type Calibration = ScaleCalibration | IsotonicCalibration;

/**
 * Fits a calibration to validation rows.
 * @param domains number of domain ids.
 * @returns undefined where there is nothing to fit: no rows, or rows of one class.
 */
export function fitCalibration(
  rows: JudgedScores,
  domains: number,
  options: CalibrationOptions,
): Calibration | undefined {
  const positives = rows.labels.reduce((sum, label) => sum + label, 0);
  if (options.kind === 'none' || positives === 0 || positives === rows.labels.length) return undefined;
  return options.kind === 'scale'
    ? fitScale(rows, domains, options.strength)
    : fitIsotonic(rows, domains, options.strength);
}

/** Calibrated click probabilities, [N]. A domain without validation rows has the calibration of all rows. */
export function calibrated(
  calibration: Calibration,
  { scores, domains }: Pick<JudgedScores, 'scores' | 'domains'>,
): Float32Array {
  return calibration.kind === 'scale'
    ? scores.map((score, i) => scaled(calibration, score, domains[i]!))
    : scores.map((score, i) => isotonic(calibration, score, domains[i]!));
}

/**
 * @param model what is asked for its calibration, in words.
 * @throws MdctrError MDCTR_CALIBRATION_MISSING where there is none.
 */
export function requireCalibration(calibration: Calibration | undefined, model: string): Calibration {
  if (calibration) return calibration;
  throw new MdctrError('MDCTR_CALIBRATION_MISSING', {
    what: `${model} has no calibration.`,
    expected: 'one that was fitted to validation rows after training',
    hint: 'Train with validation rows of both classes, and a "training.calibration" other than "none"; or score without it.',
  });
}
