export { builtinBackbones, type BackboneSetup } from './builtin-backbones.js';
export type { Check } from './check.js';
export { CHECKS } from './checks/index.js';
export { META_CHECKS, type MetaCheck } from './checks/meta.js';
export type { Identity } from './fixture/bench.js';
export type { Entry } from './fixture/import-fresh.js';
export { matchesPath, type PathPattern } from './fixture/paths.js';
export { inSampleOrder, World, type Row } from './fixture/world.js';
export type {
  BackboneCheckOptions,
  CheckOptions,
  ExpectedFailure,
  OptionValues,
  PluginCheckOptions,
  Runner,
} from './options.js';
export { PROMISES, type PromiseNumber } from './promises.js';
export { examineBackbone, examinePlugin, type OnResult } from './suite/examine.js';
export type { CheckResult, CheckStatus } from './suite/execute.js';
export { checkBackbone, checkPlugin } from './suite/register.js';
