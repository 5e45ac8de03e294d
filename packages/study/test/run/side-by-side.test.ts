import { describe, expect, it } from 'vitest';
import { runSideBySide } from '../../src/run/side-by-side.js';

const items = Array.from({ length: 12 }, (_, i) => i);
const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('runSideBySide', () => {
  it('runs each item once, as many side by side as it may', async () => {
    let [running, most] = [0, 0];
    const ran: number[] = [];
    await runSideBySide(items, 3, async (item) => {
      most = Math.max(most, ++running);
      await moment(1);
      running--;
      ran.push(item);
    });
    expect(most).toBe(3);
    expect(ran.sort((a, b) => a - b)).toEqual(items);
  });

  it('begins no other item once one rejects, and lets those that run end', async () => {
    const ended: number[] = [];
    const run = runSideBySide(items, 2, async (item) => {
      if (item === 1) throw new Error('full disk');
      await moment(5);
      ended.push(item);
    });
    await expect(run).rejects.toThrow('full disk');
    expect(ended).toEqual([0]);
  });
});
