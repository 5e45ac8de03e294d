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
} from './inspection.js';
export { inspectModel } from './inspect-model.js';
export { inspectionMermaid } from './mermaid.js';
export { inspectionText } from './text.js';
export {
  copiesText,
  countText,
  hookText,
  isCopy,
  modelName,
  percent,
  shapeText,
  siteNotes,
  tensorText,
} from './labels.js';
