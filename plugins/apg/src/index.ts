export { Apg } from './apg.js';
export { ApgOptions } from './options.js';
