/** Below this many, the sort that JavaScript has is faster. */
const FEW = 2048;
/** Bits of a key that one pass goes by: three passes for 32. */
const BITS = 11;
const BUCKETS = 1 << BITS;

/**
 * Rows in ascending order of their scores [N], none of them NaN. Millions go through a stable radix sort of the numbers'
 * bits: three passes for a Float32Array, six for all else.
 */
export function sortOrder(scores: ArrayLike<number>): Int32Array {
  const rows = scores.length;
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  if (rows < FEW) return order.sort((a, b) => scores[a]! - scores[b]!);
  return scores instanceof Float32Array ? sortByKeys(order, keysOf(scores)) : sortByWords(order, scores);
}

const SIGN = 0x80000000;

/** The bits of float32 numbers, so changed that as unsigned integers they have the numbers' order. */
function keysOf(scores: Float32Array): Uint32Array {
  const keys = new Uint32Array(scores.buffer, scores.byteOffset, scores.length).slice();
  for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! >>> 31 ? ~keys[i]! : keys[i]! ^ SIGN;
  return keys;
}

/** Float64 numbers by their lower words, and then by their upper ones, which keeps the order of equal ones. */
function sortByWords(order: Int32Array, scores: ArrayLike<number>): Int32Array {
  const words = new Uint32Array(Float64Array.from(scores).buffer); // little-endian: lower words first
  const keys = new Uint32Array(order.length);
  for (let row = 0; row < keys.length; row++)
    keys[row] = words[2 * row + 1]! >>> 31 ? ~words[2 * row]! : words[2 * row]!;
  const byLower = sortByKeys(order, keys);
  const upper = new Uint32Array(order.length);
  for (let i = 0; i < upper.length; i++) {
    const word = words[2 * byLower[i]! + 1]!;
    upper[i] = word >>> 31 ? ~word : word ^ SIGN;
  }
  return sortByKeys(byLower, upper);
}

/** Sorts `order` by the keys beside it, keeping the order of equal ones; both arrays are used up. */
function sortByKeys(order: Int32Array, keys: Uint32Array): Int32Array {
  let [from, fromKeys]: [Int32Array, Uint32Array] = [order, keys];
  let [to, toKeys]: [Int32Array, Uint32Array] = [new Int32Array(keys.length), new Uint32Array(keys.length)];
  for (let shift = 0; shift < 32; shift += BITS) {
    const next = new Uint32Array(BUCKETS + 1);
    for (let i = 0; i < fromKeys.length; i++) next[((fromKeys[i]! >>> shift) & (BUCKETS - 1)) + 1]!++;
    for (let b = 0; b < BUCKETS; b++) next[b + 1]! += next[b]!;
    for (let i = 0; i < fromKeys.length; i++) {
      const place = next[(fromKeys[i]! >>> shift) & (BUCKETS - 1)]!++;
      toKeys[place] = fromKeys[i]!;
      to[place] = from[i]!;
    }
    [from, fromKeys, to, toKeys] = [to, toKeys, from, fromKeys];
  }
  return from;
}
