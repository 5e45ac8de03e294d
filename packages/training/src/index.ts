export * from './artifact/load.js';
export { Divergence, divergedError } from './loop/divergence.js';
export * from './artifact/save.js';
export { metricsTable } from './artifact/metrics-table.js';
export type { CheckpointPlace } from './checkpoint/checkpoint-timer.js';
export { Checkpoints, type TrainingIdentity } from './checkpoint/checkpoints.js';
export { firstDifference, type IdentityDifference } from './checkpoint/first-difference.js';
export type { TrainingState } from './checkpoint/training-state.js';
export {
  calibrated,
  fitCalibration,
  requireCalibration,
  type Calibration,
  type JudgedScores,
} from './calibration/calibration.js';
export type { CalibrationOptions } from './calibration/options.js';
export { lossSettings, type LossSettings } from './loss/loss.js';
export { createOptimizer } from './loop/create-optimizer.js';
export { completeOptions, TrainingOptions, type PartialTrainingOptions } from './options/options.js';
export { decayOf } from './loss/regularization.js';
export { TensorBoard } from './loop/tensorboard.js';
export { refuseUnmeasurable, validateOptions } from './options/validate-options.js';
export * from './evaluate/evaluate-split.js';
export { lossContext, plainStep, stepContext } from './loop/step.js';
export type * from './loop/results.js';
export { train } from './loop/train.js';
export type { TrainingContext } from './loop/training-context.js';
export { TrainingSteps } from './loop/training-steps.js';
