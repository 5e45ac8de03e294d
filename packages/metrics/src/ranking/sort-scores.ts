/** Below this many, the sort that JavaScript has is faster. */
const FEW = 4096;
/** Bits of a key that one pass goes by: three passes for 32. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const QUIET_NAN = 0x7fc00000;

/**
 * Sorts float32 numbers in place, ascending, as their own `sort` does: -0 before 0, what is no number last. A radix
 * sort of their bits, which takes a third of the time for millions.
 */
export function sortScores(values: Float32Array): Float32Array {
  if (values.length < FEW) return values.sort();
  const counts = Array.from({ length: 3 }, () => new Uint32Array(BUCKETS));
  const [low, middle, high] = counts as [Uint32Array, Uint32Array, Uint32Array];
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    const key = keyOf(Number.isNaN(values[i]) ? QUIET_NAN : bits[i]!);
    bits[i] = key;
    low[key & (BUCKETS - 1)]!++;
    middle[(key >>> BITS) & (BUCKETS - 1)]!++;
    high[key >>> (2 * BITS)]!++;
  }
  let from: Uint32Array = bits;
  let to: Uint32Array = new Uint32Array(bits.length);
  for (const [pass, count] of counts.entries()) {
    startsOf(count);
    const shift = pass * BITS;
    for (let i = 0; i < from.length; i++) {
      const key = from[i]!;
      to[count[(key >>> shift) & (BUCKETS - 1)]!++] = key;
    }
    [from, to] = [to, from];
  }
  // After three passes the keys are in the other array.
  for (let i = 0; i < bits.length; i++) bits[i] = bitsOf(from[i]!);
  return values;
}

/** Keys are in the order of the numbers as unsigned integers. */
const keyOf = (bits: number): number => (bits >>> 31 ? ~bits : bits ^ 0x80000000) >>> 0;
const bitsOf = (key: number): number => (key >>> 31 ? key ^ 0x80000000 : ~key) >>> 0;

/** Turns the number of keys in each bucket into the place of its first one. */
function startsOf(counts: Uint32Array): void {
  let start = 0;
  for (let b = 0; b < counts.length; b++) {
    const count = counts[b]!;
    counts[b] = start;
    start += count;
  }
}
