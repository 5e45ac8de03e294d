import { hookInto } from './hooks.js';
import { OpRecorder, type ScopeTime } from './op-recorder.js';
import { activeRecorder, setRecorder } from './scopes.js';

/** @internal Where the time of some work went. */
export interface OpProfile {
  readonly wallMs: number;
  /** Every scope that anything was counted to; their wall times add up to `wallMs`. */
  readonly scopes: readonly ScopeTime[];
}

/**
 * Runs `body` and takes the time of every op, forwards and backwards, by the scope that it belongs to (`attribute`). Nothing
 * of the profile is left afterwards, also when `body` throws. Profiles do not nest.
 * @internal
 */
export function profileOps<T>(body: () => T): { readonly value: T; readonly profile: OpProfile } {
  if (activeRecorder()) throw new Error('A profile is being taken already.');
  const recorder = new OpRecorder();
  const unhook = hookInto(recorder);
  setRecorder(recorder);
  try {
    recorder.start();
    const value = body();
    const wallMs = recorder.stop();
    return { value, profile: { wallMs, scopes: recorder.scopes } };
  } finally {
    setRecorder(undefined);
    unhook();
  }
}
