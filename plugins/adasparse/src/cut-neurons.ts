import type { DomainBatch } from '@mdctr/core';

/**
 * Number of cut neurons (factor 0) of each group of a batch, every row counted.
 * `factors` is [G, N], or [B, N] when they differ by row; both row-major.
 */
export function cutNeurons(factors: Float32Array, batch: DomainBatch, units: number, byRow: boolean): number[] {
  return Array.from(batch.domainIds, (_, g) => {
    const begin = batch.domainStarts[g]!;
    const end = batch.domainStarts[g + 1]!;
    if (byRow) return zerosIn(factors, begin * units, end * units);
    return zerosIn(factors, g * units, (g + 1) * units) * (end - begin);
  });
}

function zerosIn(values: Float32Array, begin: number, end: number): number {
  let zeros = 0;
  for (let i = begin; i < end; i++) if (values[i] === 0) zeros++;
  return zeros;
}
