export * from './convert.js';
export type { Converted, FuxictrOptions } from './experiment.js';
