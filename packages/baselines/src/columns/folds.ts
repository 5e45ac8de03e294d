/** Parts of the training rows: each row's own means are made of the rows of the other parts. */
export const FOLDS = 5;

/**
 * The part of a row, by a hash of its number (the last step of MurmurHash3): rows that lie side by side, of one session perhaps, are
 * in parts of their own, and no random number has to be drawn.
 */
export function foldOf(row: number): number {
  let h = row | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) % FOLDS;
}
