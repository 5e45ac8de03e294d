import { devCases } from './dev-cases.js';
import { runCases } from './run-cases.js';

runCases('dev', devCases);
