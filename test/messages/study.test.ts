import { studyCases } from './study-cases.js';
import { runCases } from './run-cases.js';

runCases('studies', studyCases);
