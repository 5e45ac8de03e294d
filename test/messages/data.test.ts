import { dataCases } from './data-cases.js';
import { runCases } from './run-cases.js';

runCases('data', dataCases);
