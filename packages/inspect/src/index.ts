export type * from './inspection.js';
export { inspectModel } from './inspect-model.js';
export { inspectionMermaid } from './mermaid.js';
export { inspectionPage } from './page/page.js';
export { inspectionText } from './text.js';
