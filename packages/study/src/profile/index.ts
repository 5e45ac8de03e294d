export * from './profile-trial.js';
export type * from './result.js';
