export { defaultCacheDir } from './cache.js';
export { describeMachine, type MachineDescription } from './describe.js';
export type { KernelLevel, Multiplication } from './kernels.js';
export { consoleReport, silentReport, type Report } from './report.js';
export { ensureRuntime, runtime, type Runtime, type RuntimeInfo, type RuntimeOptions } from './runtime.js';
export { TIERS, type Tier, type TierFailure } from './tiers.js';
