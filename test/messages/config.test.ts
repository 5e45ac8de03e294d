import { configCases } from './config-cases.js';
import { convertCases } from './convert-cases.js';
import { hookCases } from './hook-cases.js';
import { newCases } from './new-cases.js';
import { packageCases } from './package-cases.js';
import { runCases } from './run-cases.js';

runCases('config', configCases);
runCases('packages', packageCases);
runCases('hooks', hookCases);
runCases('new', newCases);
runCases('convert', convertCases);
