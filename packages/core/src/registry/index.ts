export * from './decorators.js';
export * from './loader.js';
export * from './registry.js';
