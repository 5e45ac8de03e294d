import { firstOf } from '@mdctr/base';
import type { PassDirection, ScopeTime } from '@mdctr/tensor';
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
  const opsMs = totalMs(ops);
  const wait = { ...untimed({ site: WAIT, plugin: null }), ms: waitMs, forwardMs: waitMs, share: waitMs / ms };
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

function sitesOf(scopes: readonly ScopeTime[], steps: number, stepMs: number): TimedScope[] {
  const bySite = new Map<string, ScopeTime[]>();
  for (const time of scopes) {
    const key = `${time.scope.site} > ${time.scope.plugin ?? ''}`;
    const times = bySite.get(key);
    if (times) times.push(time);
    else bySite.set(key, [time]);
  }
  const timed = [...bySite.values()].map((times): TimedScope => {
    const { site, plugin = null } = firstOf(times).scope;
    const wall = (of: PassDirection): number =>
      times.reduce((sum, { direction, wallMs }) => (direction === of ? sum + wallMs : sum), 0) / steps;
    const [forwardMs, backwardMs] = [wall('forward'), wall('backward')];
    const ms = forwardMs + backwardMs;
    const ops = opsOf(times, steps, stepMs);
    return { site, plugin, ms, forwardMs, backwardMs, share: ms / stepMs, opsMs: totalMs(ops), ops };
  });
  return inOrder(timed);
}

/** A plugin's work stands below the site, and what is in no site comes last. */
export function inOrder<T extends ScopeName>(times: readonly T[]): T[] {
  const names = [...new Set(times.map(({ site }) => site))].filter((name) => name !== ELSEWHERE);
  return [...names, ELSEWHERE].flatMap((name) => [
    ...times.filter(({ site, plugin }) => site === name && plugin === null),
    ...times.filter(({ site, plugin }) => site === name && plugin !== null),
  ]);
}

/** A line of no time. */
export const untimed = ({ site, plugin }: ScopeName): TimedScope => {
  return { site, plugin, ms: 0, forwardMs: 0, backwardMs: 0, share: 0, opsMs: 0, ops: [] };
};

const totalMs = (ops: readonly OpShare[]): number => ops.reduce((sum, { ms }) => sum + ms, 0);

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
