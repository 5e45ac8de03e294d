export { Maml } from './maml.js';
export { MamlOptions } from './options.js';
