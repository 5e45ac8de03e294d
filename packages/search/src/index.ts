export { applyValues, type Parts } from './apply-values.js';
export { checkSpace, type CheckedDimension, type CheckedSpace, type SpaceSource } from './check-space.js';
export * from './options.js';
export { openSearch, type Search, type SearchInput } from './search.js';
export type * from './trials.js';
