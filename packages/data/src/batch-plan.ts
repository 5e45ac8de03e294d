import type { BatchOptions } from '@mdctr/core';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The rows of each batch of a pass: in the given order, or shuffled by (seed, epoch). */
export function* planBatches(rows: Int32Array, { batchSize, shuffle }: BatchOptions): Generator<Int32Array> {
  const order = Int32Array.from(rows);
  if (shuffle) shuffleInPlace(order, shuffle.seed, shuffle.epoch);
  for (let begin = 0; begin < order.length; begin += batchSize) yield order.slice(begin, begin + batchSize);
}

/** Fisher-Yates. */
function shuffleInPlace(order: Int32Array, seed: number, epoch: number): void {
  const generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b));
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
