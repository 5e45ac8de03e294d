export { devOnce, devWatch, type DevContext, type DevOptions, type ExitCode } from './dev.js';
export { Loop, type LoopOptions, type RunKind, type RunOutcome } from './loop.js';
export type { MdctrCommand } from './run-small-study.js';
