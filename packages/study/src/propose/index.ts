export type { Draft, DraftColumn } from './draft.js';
export { questionsOf, type Question } from './questions.js';
export { trainingMeasure } from './training-measure.js';
export { tryOut, type Measured, type TriedAnswer } from './try-out.js';
