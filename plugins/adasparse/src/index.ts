export { AdaSparse } from './adasparse.js';
export { AdaSparseOptions } from './options.js';
