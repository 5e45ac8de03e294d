export type { Baseline, BaselineFit, BaselineInput, LabelledData, SplitScores } from './baseline.js';
export { BASELINES } from './list.js';
export { baselineSchema, type BaselineOptions } from './options.js';
export { fitBaseline, findBaseline, type FitRequest } from './fit-baseline.js';
