import { median } from '../median.mjs';

/**
 * Medians of a cell's entries and its ratios, block against block of the same round. `blocksOf` has, by entry's name, the
 * milliseconds of each step, block by block; an entry that did not start is not in it.
 */
export function compare({ name, entries, ratios }, blocksOf) {
  return {
    name,
    entries: entries.map((entry) => {
      const blocks = blocksOf.get(entry.name);
      return { ...entry, ...(blocks && { ms: median(blocks.flat()) }) };
    }),
    ratios: ratios.map((ratio) => {
      const [of, to] = [blocksOf.get(ratio.of), blocksOf.get(ratio.to)];
      return of && to ? { ...ratio, ...spread(of, to) } : ratio;
    }),
  };
}

function spread(of, to) {
  const ratios = of.map((block, round) => median(block) / median(to[round]));
  return { ratio: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** Whether a ratio is where it was aimed at; undefined where nothing was aimed at or nothing measured. */
export function isMet({ ratio, atLeast, atMost }) {
  if (ratio === undefined || (atLeast === undefined && atMost === undefined)) return undefined;
  return (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost);
}
