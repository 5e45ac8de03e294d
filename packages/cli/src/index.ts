// The package `mdctr` is a command and a library: the same work, from a script.
export { bench, type BenchOptions } from './library/bench.js';
export { Comparison } from './library/comparison.js';
export { LoadedModel, loadModel } from './library/loaded-model.js';
export type { LibraryOptions } from './library/options.js';
export { train, TrainedModel, type TrainOptions, type TrainOutcome } from './library/train.js';
export { isMdctrError, MdctrError, MdctrErrors, type ErrorDetails, type SourceLocation } from '@mdctr/base';
export type { StudyResults, TrialResult } from '@mdctr/report';
export type { EpochResult, SplitEvaluation, TrainingResult } from '@mdctr/training';
