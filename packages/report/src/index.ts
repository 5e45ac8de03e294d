export type * from './details.js';
export { formatCount, formatGain, formatStat, notesOf, VERDICT_MARKS } from './format.js';
export { REPORT_PAGE } from './files.js';
export { toLatex, toMarkdown, toText } from './render.js';
export type * from './results.js';
export { median, statOf } from './stat.js';
export { summarize } from './summarize.js';
export type * from './tuning.js';
