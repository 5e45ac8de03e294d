import type { ScopeTime } from '@mdctr/tensor';
import type { TimedStep } from './blocks.js';
import type { OpShare, SiteTime, StepTime } from './result.js';

export type ScopeName = Pick<SiteTime, 'site' | 'plugin'>;
export type TimedScope = Omit<SiteTime, 'flopsPerRow' | 'parameters'>;

/** Where the time of some clocked steps went, a step. */
export interface Breakdown {
  readonly step: StepTime;
  /** In the order in which a step first comes by. */
  readonly sites: readonly TimedScope[];
  readonly ops: readonly OpShare[];
}

const WAIT = 'batch wait';
/** What a step does in no scope. */
const ELSEWHERE = 'step';

/** Means over the middle half of the steps: unlike medians of parts they add up, unlike means of all they pass outliers over. */
export function breakDown(all: readonly TimedStep[]): Breakdown {
  const steps = middleHalf(all);
  const mean = (of: (step: TimedStep) => number): number =>
    steps.reduce((sum, step) => sum + of(step), 0) / steps.length;
  const ms = mean((step) => step.ms);
  const waitMs = mean((step) => step.waitMs);
  const scopes = steps.flatMap(({ profile }) => profile!.scopes);
  const ops = opsOf(scopes, steps.length, ms);
  const opsMs = ops.reduce((sum, op) => sum + op.ms, 0);
  const wait = { site: WAIT, plugin: null, ms: waitMs, forwardMs: waitMs, backwardMs: 0, share: waitMs / ms, opsMs: 0 };
  return {
    step: { ms, steps: steps.length, opsMs, betweenOpsMs: ms - opsMs - waitMs, waitMs },
    sites: [wait, ...sitesOf(scopes, steps.length, ms)],
    ops,
  };
}

function middleHalf(steps: readonly TimedStep[]): TimedStep[] {
  const count = Math.ceil(steps.length / 2);
  const begin = (steps.length - count) >> 1;
  return [...steps].sort((a, b) => a.ms - b.ms).slice(begin, begin + count);
}

function sitesOf(scopes: readonly ScopeTime[], steps: number, stepMs: number): Breakdown['sites'] {
  const sites = new Map<
    string,
    { site: string; plugin: string | null; forward: number; backward: number; ops: number }
  >();
  for (const { scope, direction, wallMs, ops } of scopes) {
    const { site, plugin = null } = scope;
    const key = `${site} > ${plugin}`;
    let sums = sites.get(key);
    if (!sums) sites.set(key, (sums = { site, plugin, forward: 0, backward: 0, ops: 0 }));
    sums[direction] += wallMs;
    for (const { ms } of ops.values()) sums.ops += ms;
  }
  return inOrder([...sites.values()]).map(({ site, plugin, forward, backward, ops }) => {
    const ms = (forward + backward) / steps;
    return {
      site,
      plugin,
      ms,
      forwardMs: forward / steps,
      backwardMs: backward / steps,
      share: ms / stepMs,
      opsMs: ops / steps,
    };
  });
}

/** A plugin's work stands below the site, and what is in no site comes last. */
export function inOrder<T extends ScopeName>(times: readonly T[]): T[] {
  const names = [...new Set(times.map(({ site }) => site))].filter((name) => name !== ELSEWHERE);
  return [...names, ELSEWHERE].flatMap((name) => [
    ...times.filter(({ site, plugin }) => site === name && plugin === null),
    ...times.filter(({ site, plugin }) => site === name && plugin !== null),
  ]);
}

function opsOf(scopes: readonly ScopeTime[], steps: number, stepMs: number): OpShare[] {
  const sums = new Map<string, { calls: number; ms: number }>();
  for (const { ops } of scopes) {
    for (const [op, { calls, ms }] of ops) {
      const sum = sums.get(op) ?? { calls: 0, ms: 0 };
      sums.set(op, { calls: sum.calls + calls, ms: sum.ms + ms });
    }
  }
  return [...sums]
    .map(([op, { calls, ms }]) => ({ op, calls: calls / steps, ms: ms / steps, share: ms / steps / stepMs }))
    .sort((a, b) => b.ms - a.ms);
}
