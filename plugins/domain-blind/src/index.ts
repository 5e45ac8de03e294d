export { DomainBlind } from './domain-blind.js';
