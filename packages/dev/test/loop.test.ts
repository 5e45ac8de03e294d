import { describe, expect, it, vi } from 'vitest';
import { Loop, type RunKind, type RunOutcome } from '../src/index.js';

/** A loop on runs that the test ends by hand. */
function setUp() {
  const runs: { kind: RunKind; signal: AbortSignal; end: (outcome: RunOutcome) => void }[] = [];
  const idle: RunOutcome[] = [];
  let live = 0;
  const loop = new Loop({
    quietMs: 1,
    onIdle: (outcome) => idle.push(outcome),
    run: async (kind, signal) => {
      live++;
      expect(live, 'runs at one time').toBe(1);
      const outcome = await new Promise<RunOutcome>((resolve) => {
        runs.push({ kind, signal, end: resolve });
        signal.addEventListener('abort', () => setImmediate(() => resolve(undefined)));
      });
      live--;
      return outcome;
    },
  });
  return { loop, runs, idle };
}

/** Until as many runs have begun, or as many outcomes were told; minutes, for what hangs. */
const reaches = (list: readonly unknown[], length: number): Promise<void> =>
  vi.waitFor(() => expect(list).toHaveLength(length), { timeout: 5 * 60_000, interval: 1 });

/** Long enough for what should not happen: a slow machine only looks less closely. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the loop of mdctr dev', () => {
  it('runs again after a save, once for several that come together', async () => {
    const { loop, runs, idle } = setUp();
    loop.start('all');
    await reaches(runs, 1);
    runs[0]!.end('failed');
    await reaches(idle, 1);
    await settled();
    expect([runs.length, idle]).toEqual([1, ['failed']]); // it waits
    loop.saved();
    loop.saved();
    await reaches(runs, 2);
    runs[1]!.end('passed');
    await reaches(idle, 2);
    await settled();
    expect(runs).toHaveLength(2);
    expect(idle).toEqual(['failed', 'passed']);
    await loop.end();
  });

  it('ends a run that a save makes stale before it begins the next', async () => {
    const { loop, runs, idle } = setUp();
    loop.start('all');
    await reaches(runs, 1);
    loop.saved();
    expect(runs[0]!.signal.aborted).toBe(true);
    await reaches(runs, 2);
    runs[1]!.end('passed');
    await reaches(idle, 1);
    await settled();
    expect(idle).toEqual(['passed']); // nothing is said of the one that was ended
    await loop.end();
  });

  it('starts what a key asks for in place of what runs', async () => {
    const { loop, runs } = setUp();
    loop.start('all');
    loop.start('study');
    await reaches(runs, 1);
    await settled();
    expect(runs.map(({ kind }) => kind)).toEqual(['study']); // the first never had its turn
    await loop.end();
  });

  it('ends what runs, and starts nothing after that', async () => {
    const { loop, runs, idle } = setUp();
    loop.start('all');
    await reaches(runs, 1);
    await loop.end();
    expect(runs[0]!.signal.aborted).toBe(true);
    loop.saved();
    loop.start('all');
    await settled();
    expect(runs).toHaveLength(1);
    expect(idle).toEqual([]);
  });
});
