export { Lhuc } from './lhuc.js';
