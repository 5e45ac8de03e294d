export type * from './details.js';
export { formatCount, formatStat, isNoise, notesOf } from './format.js';
export { toLatex, toMarkdown, toText } from './render.js';
export type * from './results.js';
export { statOf, summarize } from './summarize.js';
