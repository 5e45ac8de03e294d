import { median, itemAt } from '@mdctr/base';
import { type TimedStep, runBlock } from './blocks.js';
import type { Ratio } from './result.js';
import type { TimedModel } from './timed-models.js';

/** What takes turns: a variant, with or without a clock on every op. */
export interface Lane {
  readonly variant: TimedModel;
  readonly clocked: boolean;
  /** Measured steps, block by block. */
  readonly blocks: TimedStep[][];
}

/** Blocks that the measured steps are cut into, where there are enough: ratios are taken block against block. */
const ROUNDS = 6;
/** Steps of each lane that warm up. */
const WARM_UP = 3;

/**
 * Lets the lanes take turns, a block of the same batches each, so that a machine that slows down slows all of them alike.
 * `onBlock` hears of the share that is done.
 */
export async function takeTurns(
  lanes: readonly Lane[],
  steps: number,
  onBlock: (share: number) => void,
): Promise<void> {
  const sizes = blockSizes(steps);
  let from = 0;
  let done = 0;
  for (const [round, count] of [WARM_UP, ...sizes].entries()) {
    for (const { variant, clocked, blocks } of lanes) {
      const timed = await runBlock(variant, { from, count }, clocked);
      if (round > 0) blocks.push(timed);
      onBlock(++done / (lanes.length * (sizes.length + 1)));
    }
    from += count + 1;
  }
}

/** `steps` in blocks of equal size, the last ones smaller by one where it does not come out even. */
export function blockSizes(steps: number): number[] {
  const rounds = Math.min(ROUNDS, steps);
  return Array.from({ length: rounds }, (_, i) => Math.floor((steps + rounds - 1 - i) / rounds));
}

export const stepsOf = ({ blocks }: Lane): TimedStep[] => blocks.flat();

/** One lane's time over another's, block against block. */
export function ratioOf(lane: Lane, base: Lane): Ratio {
  const ratios = lane.blocks.map((block, i) => medianMs(block) / medianMs(itemAt(base.blocks, i)));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

export const medianMs = (steps: readonly TimedStep[]): number => median(steps.map(({ ms }) => ms));
