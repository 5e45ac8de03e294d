/**
 * A number in [0, 1) that is a function of where it is asked for: the same in every run, after a resumption, and on whatever thread, and
 * independent from place to place. `what` tells draws of one row apart. MurmurHash3's mixing of 32-bit words.
 */
export function rowHash(seed: number, epoch: number, row: number, what: number): number {
  let hash = 0x2545f491;
  hash = mixed(hash, seed);
  hash = mixed(hash, epoch);
  hash = mixed(hash, row);
  hash = mixed(hash, what);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const next = hash ^ k;
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}
