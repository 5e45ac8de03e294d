export * from './estimate.js';
export * from './name-of.js';
export * from './outcome.js';
export * from './plan.js';
export * from './run-planned-trial.js';
export * from './run-trials.js';
export { StudyFolder } from './study-folder.js';
export * from './study-identity.js';
export * from './study-report.js';
