export * from './errors.js';
export * from './features/feature-schema.js';
export * from './features/host-batch.js';
