/**
 * The x >= 0 at which a decreasing function is `target`, by bisection down to neighbouring floating-point numbers.
 * `decreasing(0)` is at least `target`, and the function falls below it somewhere. Slow (some 100 evaluations) and sure.
 */
export function invert(decreasing: (x: number) => number, target: number): number {
  let [low, high] = [0, 1];
  while (decreasing(high) > target) [low, high] = [high, high * 2];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (decreasing(middle) > target) low = middle;
    else high = middle;
  }
}
