// `@mdctr/testkit/checks`: the checks without a test runner, for programs.
export { builtinBackbones, type BackboneSetup } from './builtin-backbones.js';
export { CHECKS } from './checks/index.js';
export { META_CHECKS } from './checks/meta.js';
export type { BackboneCheckOptions, PluginCheckOptions } from './options.js';
export { collectChecks, type DeclaredChecks } from './suite/collect.js';
export { examineBackbone, examinePlugin } from './suite/examine.js';
export type { CheckResult, CheckStatus } from './suite/execute.js';
export { onNamedBackbones, quickBackbone, quickPlugin } from './suite/narrow.js';
