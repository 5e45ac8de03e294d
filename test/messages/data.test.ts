import { dataCases } from './data-cases.js';
import { domainCases } from './domain-cases.js';
import { fileCases } from './file-cases.js';
import { runCases } from './run-cases.js';

runCases('files', fileCases);
runCases('data', dataCases);
runCases('domains', domainCases);
