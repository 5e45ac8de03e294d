export { generateSynthetic, type SyntheticChunk } from './generate.js';
export { SyntheticSource, syntheticSettings, type SyntheticOptions, type SyntheticSettings } from './options.js';
export { SyntheticProcess } from './process.js';
export { fillSynthetic } from './table.js';
export { writeSynthetic } from './write.js';
