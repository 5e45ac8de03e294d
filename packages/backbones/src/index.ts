export { DcnV2, DcnV2Options } from './dcnv2.js';
export { Dnn, DnnOptions } from './dnn.js';
