import type { OpProfile, PassDirection } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import type { TimedStep } from '../src/profile/blocks.js';
import { breakDown } from '../src/profile/breakdown.js';
import { blockSizes, ratioOf, type Lane } from '../src/profile/turns.js';

/** A step of `ms` milliseconds: 1 of them waiting, 2 outside, the rest in a layer, half of it in MatMul. */
function step(ms: number): TimedStep {
  const time = (
    site: string,
    direction: PassDirection,
    wallMs: number,
    ops: [string, number][] = [],
    plugin?: string,
  ) => ({
    scope: { site, ...(plugin !== undefined && { plugin }) },
    direction,
    wallMs,
    flops: 0,
    ops: new Map(ops.map(([op, own]) => [op, { calls: 2, ms: own }])),
  });
  const layer = ms - 4;
  const scopes: OpProfile['scopes'] = [
    time('step', 'forward', 2, [['(freeing tensors)', 0.5]]),
    time('deep/0', 'forward', layer / 2, [['MatMul', layer / 4]]),
    time('deep/1', 'forward', 0.25),
    time('deep/0', 'forward', 0.75, [['Mul', 0.5]], 'gate'),
    time('deep/0', 'backward', layer / 2, [['MatMul', layer / 4]]),
  ];
  return { ms, waitMs: 1, profile: { wallMs: ms - 1, scopes } };
}

describe('a profile', () => {
  it.each([
    [30, [5, 5, 5, 5, 5, 5]],
    [8, [2, 2, 1, 1, 1, 1]],
    [4, [1, 1, 1, 1]],
    [1, [1]],
  ])('of %i steps has blocks of %j', (steps, sizes) => {
    expect(blockSizes(steps)).toEqual(sizes);
  });

  it('takes ratios block against block', () => {
    const lane = (...blocks: number[][]) =>
      ({ blocks: blocks.map((times) => times.map((ms) => ({ ms, waitMs: 0 }))) }) as unknown as Lane;
    // The machine is half as fast in the second round, and stumbles once.
    const [base, other] = [
      lane([10, 10, 10], [20, 20, 20], [10, 10, 10]),
      lane([12, 99, 12], [22, 22, 22], [15, 15, 15]),
    ];
    expect(ratioOf(other, base)).toEqual({ median: 1.2, min: 1.1, max: 1.5 });
  });

  it('is that of the steps nearest the median, which its parts add up to', () => {
    const { step: whole, sites, ops } = breakDown([step(900), step(10), step(14), step(12), step(5), step(11)]);
    expect(whole).toEqual({ ms: 11, steps: 3, opsMs: 4.5, betweenOpsMs: 5.5, waitMs: 1 });
    expect(
      sites.map(({ site, plugin, ms, forwardMs, backwardMs }) => [site, plugin, ms, forwardMs, backwardMs]),
    ).toEqual([
      ['batch wait', null, 1, 1, 0],
      ['deep/0', null, 7, 3.5, 3.5],
      ['deep/0', 'gate', 0.75, 0.75, 0],
      ['deep/1', null, 0.25, 0.25, 0],
      ['step', null, 2, 2, 0],
    ]);
    expect(sites.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(ops.map(({ op, calls, ms }) => [op, calls, ms])).toEqual([
      ['MatMul', 4, 3.5],
      ['(freeing tensors)', 2, 0.5],
      ['Mul', 2, 0.5],
    ]);
  });
});
