export type { Measured } from './beats.js';
export type { Draft, DraftColumn, DraftFacts } from './draft.js';
export { questionsOf, type Question } from './questions.js';
export { isJudgedLater, trainingMeasure } from './training-measure.js';
export { tryOut, type TriedAnswer } from './try-out.js';
export { withUsual } from './usual.js';
