import { reportCases } from './report-cases.js';
import { runCases } from './run-cases.js';

runCases('report', reportCases);
