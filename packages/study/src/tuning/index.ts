export { Tuning } from './tuning.js';
export { withoutTestRows } from './without-test-rows.js';
