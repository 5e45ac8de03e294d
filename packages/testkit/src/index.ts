export * from './checks.js';
export { matchesPath } from './fixture/paths.js';
export { inSampleOrder, ToyDataset, type Row } from './fixture/toy-dataset.js';
export { checkBackbone, checkPlugin } from './suite/register.js';
