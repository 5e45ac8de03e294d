/** Numbers in a chunk of an array, 4 MB: tables may be too large to be copied as a whole. */
export const CHUNK = 1 << 20;

/** How many rows of width `dim` make a chunk. */
export const chunkRows = (dim: number): number => Math.max(1, Math.floor(CHUNK / dim));

/** [end - begin] the ids from `begin` up to `end`. */
export function consecutive(begin: number, end: number): Int32Array {
  const ids = new Int32Array(end - begin);
  for (let i = 0; i < ids.length; i++) ids[i] = begin + i;
  return ids;
}
