// The package `mdctr` is a command and a library: the same work, from a script.
export { compare, type CompareOptions } from './library/compare.js';
export { Comparison } from './library/comparison.js';
export { loadModel, Model } from './library/model.js';
export type { LibraryOptions } from './library/options.js';
export { train, TrainedModel, type TrainOptions, type TrainOutcome } from './library/train.js';
export type { StudyResults, TrialResult } from '@mdctr/report';
export type { EpochResult, SplitEvaluation, TrainingResult } from '@mdctr/training';
