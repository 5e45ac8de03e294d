/** [size] shares proportional to (i + 1)^-exponent; they sum to 1. */
export function powerLaw(size: number, exponent: number): Float64Array {
  const shares = Float64Array.from({ length: size }, (_, i) => (i + 1) ** -exponent);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** A function that turns a uniform number in [0, 1) into an index, index i with probability `shares[i]`. */
export function sampler(shares: Float64Array): (u: number) => number {
  const above = new Float64Array(shares.length);
  let sum = 0;
  shares.forEach((share, i) => (above[i] = sum += share));
  const last = shares.length - 1;
  // Where the search for u starts: the answer for the lower end of u's bucket.
  const buckets = Int32Array.from({ length: Math.min(4 * shares.length, 1 << 22) });
  for (let bucket = 0, i = 0; bucket < buckets.length; bucket++) {
    while (i < last && above[i]! <= bucket / buckets.length) i++;
    buckets[bucket] = i;
  }
  return (u) => {
    let i = buckets[Math.floor(u * buckets.length)]!;
    while (i < last && above[i]! <= u) i++;
    return i;
  };
}
