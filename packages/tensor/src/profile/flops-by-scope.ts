import { OUTSIDE } from './op-recorder.js';
import { activeRecorder, setRecorder, type Scope } from './scopes.js';

/**
 * Floating-point operations of a forward pass by scope (a multiply-add is two), in the order in which the scopes are first
 * entered. Two scopes of one name are two: they are told apart as objects. What is in no scope is counted to one of its own.
 * No clock is laid over anything. Not while a profile is taken.
 * @internal
 */
export function flopsByScope(body: () => void): ReadonlyMap<Scope, number> {
  if (activeRecorder()) throw new Error('A profile is being taken already.');
  const counts = new Map<Scope, number>();
  let current = OUTSIDE;
  const mark = (): (() => void) => {
    const back = current;
    return () => void (current = back);
  };
  const count = (flops: number): void => void counts.set(current, (counts.get(current) ?? 0) + flops);
  setRecorder({
    mark,
    enter: (scope) => {
      const leave = mark();
      current = scope;
      count(0);
      return leave;
    },
    flops: count,
  });
  try {
    body();
  } finally {
    setRecorder(undefined);
  }
  return counts;
}
