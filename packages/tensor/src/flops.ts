import { activeRecorder } from './profile/scopes.js';

let counted: { flops: number } | undefined;

/** Called by every op with its floating-point operations (a multiply-add is two). Free when nobody counts. */
export function recordFlops(flops: number): void {
  if (counted) counted.flops += flops;
  activeRecorder()?.flops(flops);
}

/** Floating-point operations of all ops that run inside `body`, gradients not included unless `body` takes them. */
export function countFlops(body: () => void): number {
  const outer = counted;
  const counter = { flops: 0 };
  counted = counter;
  try {
    body();
  } finally {
    counted = outer;
  }
  if (outer) outer.flops += counter.flops;
  return counter.flops;
}
