import { activeRecorder } from './profile/scopes.js';

let counted: { flops: number } | undefined;

/** Adds floating-point operations to the current count. A multiply-add counts as two. Without a count, it does nothing. */
export function recordFlops(flops: number): void {
  if (counted) counted.flops += flops;
  activeRecorder()?.flops(flops);
}

/** Counts the floating-point operations of all ops in `body`. Gradients count only if `body` computes them. */
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
