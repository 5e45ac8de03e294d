export { accountText } from './account-text.js';
export type { AccountEntry, Verdict } from './account.js';
export { configText, type ConfigFormat } from './config-text.js';
export * from './fuxictr/index.js';
