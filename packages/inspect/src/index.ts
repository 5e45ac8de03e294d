export type {
  BuildNode,
  FieldNode,
  HookNode,
  Inspection,
  ParameterNode,
  PluginNode,
  PluginSum,
  SiteNode,
  Totals,
} from '@mdctr/report';
export { inspectModel } from './inspect-model.js';
export { inspectionMermaid } from './mermaid.js';
export { inspectionPage } from './page/page.js';
export { inspectionText } from './text.js';
