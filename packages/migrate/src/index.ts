export { reportText } from './report-text.js';
export type { ReportEntry, ConversionVerdict } from './conversion-report.js';
export { configText, type ConfigFormat } from './config-text.js';
export * from './fuxictr/index.js';
