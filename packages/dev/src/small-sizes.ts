import type { UnitFound } from './check-process/messages.js';

/** Impressions of synthetic data: so many that a step's time can be measured, and no more. */
export const ROWS = 20_000;

/** Rows of a step. */
export const BATCH = 256;

/** Options of backbones that have them: all of one size. */
const SIZE = { hiddenUnits: [64, 32], crossLayers: 2 };
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  dnn: ['hiddenUnits'],
  dcnv2: ['hiddenUnits', 'crossLayers'],
};

/** A backbone with small options. @param unit what is known of it, for one that is not built in. */
export function smallBackbone(name: string, unit?: UnitFound): object {
  const has = unit?.options ?? BUILT_IN[name] ?? [];
  return { name, ...Object.fromEntries(Object.entries(SIZE).filter(([option]) => has.includes(option))) };
}
