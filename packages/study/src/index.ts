export { rehearse, type PlannedModel } from './rehearse.js';
export * from './config.js';
export * from './profile/index.js';
export * from './run-study.js';
export * from './run-trial.js';
export * from './running/index.js';
export * from './save-results.js';
export * from './trained-model.js';
export * from './training-identity.js';
