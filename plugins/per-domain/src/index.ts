export { PerDomain } from './per-domain.js';
