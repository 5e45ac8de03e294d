import { inspectCases } from './inspect-cases.js';
import { runCases } from './run-cases.js';

runCases('inspect', inspectCases);
