// `@mdctr/testkit/checks`: the checks without a test runner, for programs.
export { builtinBackbones, type BackboneSetup } from './builtin-backbones.js';
export type { Check } from './check.js';
export { CHECKS } from './checks/index.js';
export { META_CHECKS, type MetaCheck } from './checks/meta.js';
export type { Identity } from './fixture/identity.js';
export type { BuiltPackage } from './fixture/import-fresh.js';
export type { PathPattern } from './fixture/paths.js';
export type { BackboneCheckOptions, CheckOptions, ExpectedFailure, PluginCheckOptions, Runner } from './options.js';
export type { OptionValues } from './option-values.js';
export { PROMISES, type PromiseNumber } from './promises.js';
export { collectChecks, type DeclaredChecks } from './suite/collect.js';
export { examineBackbone, examinePlugin, type OnResult } from './suite/examine.js';
export type { CheckResult, CheckStatus } from './suite/execute.js';
export { onNamedBackbones, quickBackbone, quickPlugin } from './suite/narrow.js';
