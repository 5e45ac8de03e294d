import { configCases } from './config-cases.js';
import { convertCases } from './convert-cases.js';
import { documentCases } from './document-cases.js';
import { hookCases } from './hook-cases.js';
import { newCases } from './new-cases.js';
import { packageCases } from './package-cases.js';
import { runCases } from './run-cases.js';
import { usageCases } from './usage-cases.js';

runCases('documents', documentCases);
runCases('config', configCases);
runCases('packages', packageCases);
runCases('hooks', hookCases);
runCases('new', newCases);
runCases('convert', convertCases);
runCases('usage', usageCases);
