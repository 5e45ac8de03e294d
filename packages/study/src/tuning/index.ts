export { Tuning, type TuningTrial } from './tuning.js';
export { withoutTestRows } from './without-test-rows.js';
