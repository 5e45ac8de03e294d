import { dataColumnCases } from './data-column-cases.js';
import { dataFileCases } from './data-file-cases.js';
import { dataSourceCases } from './data-source-cases.js';
import { runCases } from './run-cases.js';

runCases('data: files', dataFileCases);
runCases('data: columns and rows', dataColumnCases);
runCases('data: sources', dataSourceCases);
