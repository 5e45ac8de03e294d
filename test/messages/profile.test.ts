import { profileCases } from './profile-cases.js';
import { runCases } from './run-cases.js';

runCases('profile', profileCases);
