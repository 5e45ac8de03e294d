export * from './checks.js';
export { matchesPath } from './fixture/paths.js';
export { inSampleOrder, World, type Row } from './fixture/world.js';
export { checkBackbone, checkPlugin } from './suite/register.js';
