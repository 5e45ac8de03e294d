import { MdctrError } from '@mdctr/base';
import type { EpochResult } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { Events } from '../../src/terminal/events.js';
import { Progress } from '../../src/terminal/progress.js';
import { Watch } from '../../src/commands/train/watch.js';

/** A stream that remembers, and a clock that is set. */
function stage(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const stream = { isTTY, columns: 200, write: (text: string): boolean => written.push(text) > 0 };
  const progress = new Progress(true, stream as never, () => clock.ms);
  return { written, clock, progress };
}

describe('progress', () => {
  it('on a terminal redraws one line with the time left', () => {
    const { written, clock, progress } = stage(true);
    progress.bar(0, 'a');
    clock.ms = 10_000;
    progress.bar(0.25, 'b');
    clock.ms = 10_050; // too soon
    progress.bar(0.3, 'c');
    expect(written).toHaveLength(2);
    expect(written[1]).toBe('\r\x1b[2K[######------------------]  25% 30.0s left  b');
    progress.done('kept');
    expect(written[2]).toBe('\r\x1b[2Kkept\n');
  });

  it('elsewhere writes plain lines: what is done, and twice a minute what is going on', () => {
    const { written, clock, progress } = stage(false);
    progress.show('reading');
    for (let second = 0; second <= 60; second++) {
      clock.ms = second * 1000;
      progress.bar(second / 100, `step ${second}`);
    }
    progress.done('epoch 1');
    expect(written).toEqual(['30%, 1m 10s left: step 30\n', '60%, 40.0s left: step 60\n', 'epoch 1\n']);
  });

  it('goes by the pace since it began, for a training that is resumed half-way', () => {
    const { clock, progress } = stage(true);
    progress.bar(0.5, '');
    clock.ms = 10_000;
    expect(progress.secondsLeft(0.6)).toBeCloseTo(40);
  });
});

describe('events', () => {
  const record = (enabled = true) => {
    const lines: string[] = [];
    const events = new Events(enabled, (line) => void lines.push(line));
    const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return { lines, events, parsed };
  };
  const evaluation = { metrics: { auc: 0.7 }, domains: [{ domain: 'a' }] };
  const epoch = {
    epoch: 1,
    loss: 0.5,
    learningRate: 0.1,
    validation: evaluation,
    diagnostics: {},
  } as unknown as EpochResult;

  it('are a line each; progress comes at most once a second', () => {
    const { lines, events, parsed } = record();
    const { progress, written } = stage(true);
    const watch = new Watch(progress, events, { epochs: 2, selectBy: 'auc' });
    events.start('train', { name: 'x' });
    watch.onStep(1, 8, 0.5, 0.1);
    watch.onStep(2, 8, 0.5, 0.1);
    watch.onEpoch(epoch);
    expect(lines.every((line) => /^\{.*\}\n$/.test(line))).toBe(true);
    expect(parsed().map(({ event }) => event)).toEqual(['start', 'progress', 'epoch']);
    expect(parsed()[0]).toMatchObject({ version: 2, command: 'train', name: 'x' });
    expect(parsed()[1]).toEqual({
      ...{ event: 'progress', seconds: expect.any(Number) as number, epoch: 1, epochs: 2, step: 1, steps: 8 },
      ...{ loss: 0.5, learningRate: 0.1, secondsLeft: null },
    });
    expect(parsed()[2]).toMatchObject({ epoch: 1, validation: { metrics: { auc: 0.7 } } });
    expect(parsed()[2]!['validation']).not.toHaveProperty('domains');
    expect(written.join('')).not.toContain('validation auc');
  });

  it('a bar has the latest validation metric', () => {
    const { progress, written, clock } = stage(true);
    const watch = new Watch(progress, record().events, { epochs: 2, selectBy: 'auc' });
    watch.onEpoch(epoch);
    clock.ms = 5000;
    watch.onStep(5, 8, 0.25, 0.1);
    expect(written[0]).toContain('epoch 2/2, step 5/8, loss 0.2500, validation auc 0.7000');
  });

  it('end with an error where the command fails, which goes on', async () => {
    const { events, parsed } = record();
    const failure = new MdctrError('MDCTR_X', { what: 'no' });
    await expect(events.guard(() => Promise.reject(failure))).rejects.toBe(failure);
    expect(parsed()).toMatchObject([{ event: 'error', code: 'MDCTR_X', message: 'MDCTR_X: no' }]);
    await expect(events.guard(() => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    expect(parsed()[1]).toMatchObject({ event: 'error', code: null, message: 'bug' });
  });

  it('are none without --json', () => {
    const { lines, events } = record(false);
    events.emit('result', {});
    expect(lines).toEqual([]);
  });
});
