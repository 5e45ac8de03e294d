export { flopsByScope } from './flops-by-scope.js';
export { FREEING, READING } from './hooks.js';
export type { OpTime, PassDirection, ScopeTime } from './op-recorder.js';
export * from './profile-ops.js';
export { attribute, type Scope } from './scopes.js';
