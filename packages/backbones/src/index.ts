export { DcnV2 } from './dcnv2.js';
export { Dnn } from './dnn.js';
