import { planStudy, type StudyConfig, type TrialOutcome } from '@mdctr/study';
import { describe, expect, it } from 'vitest';
import { LiveLines } from '../../../src/terminal/live-lines.js';
import { liveTable } from '../../../src/commands/bench/live-table.js';
import { StudyState } from '../../../src/commands/bench/study-state.js';

const plan = planStudy({
  backbones: [{ name: 'dnn' }],
  methods: [
    { label: 'plain', plugins: [] },
    { label: 'maml', plugins: [{ name: 'maml' }] },
  ],
  seeds: [1, 2],
  settings: [{}],
} as unknown as StudyConfig);
const done = (auc: number): TrialOutcome => ({ lines: [{ metrics: { auc } }] }) as unknown as TrialOutcome;
const failed: TrialOutcome = {
  failure: { backbone: 'dnn', method: 'maml', seed: 1, code: null, reason: 'no', seconds: 1 },
};

describe('the live table', () => {
  it('has a line for each cell: what is finished, the mean AUC so far, what runs', () => {
    const state = new StudyState({
      plan,
      before: new Map([[0, done(0.7)]]),
      secondsOf: (model) => (model === 0 ? 1 : 3),
    });
    const [, second, third] = plan.trials;
    expect(state.share).toBe(0); // what was finished before is no work of this run
    state.begin(second!);
    state.begin(third!);
    Object.assign(state.running.get(2)!, { share: 0.5, status: 'epoch 1/2, loss 0.5000' });
    state.end(second!, done(0.8));
    expect(state.share).toBeCloseTo((1 + 1.5) / 7);
    expect(liveTable(state, 65, 20)).toEqual([
      '[#########---------------]  35%  2 finished, 1 running, 1 waiting  1m 5s left',
      'backbone  method  finished  AUC     now',
      'dnn       plain   2/2       0.7500',
      'dnn       maml    0/2               seed 1: 50% epoch 1/2, loss 0.5000',
    ]);
    state.end(third!, failed);
    expect(state.summary()).toBe('2 finished, 0 running, 1 waiting, 1 failed');
    expect(liveTable(state, undefined, 20).at(-1)).toBe('dnn       maml    0/2, 1 failed');
  });

  it('has one line for the folds of a cell', () => {
    const settings = [1, 2].map((number) => ({ fold: { number, of: 2 } }));
    const folded = planStudy({
      ...{ backbones: [{ name: 'dnn' }], methods: [{ label: 'plain', plugins: [] }], seeds: [1], settings },
    } as unknown as StudyConfig);
    const state = new StudyState({ plan: folded, before: new Map([[0, done(0.7)]]), secondsOf: () => 1 });
    state.begin(folded.trials[1]!);
    expect(liveTable(state, undefined, 20).slice(2)).toEqual([
      'dnn       plain   1/2       0.7000  seed 1, fold 2: 0%',
    ]);
  });

  it('shows only what runs where the terminal is too low for all', () => {
    const state = new StudyState({ plan, before: new Map(), secondsOf: () => 1 });
    state.begin(plan.trials[3]!);
    expect(liveTable(state, undefined, 3).slice(2)).toEqual(['dnn       maml    0/2            seed 2: 0%']);
  });

  it('is drawn over itself, cut to the width, below lines that stay', () => {
    const written: string[] = [];
    let now = 0;
    const stream = { write: (text: string) => written.push(text) > 0, columns: 6, rows: 10 };
    const lines = new LiveLines(stream, () => now);
    lines.draw(() => ['abcdefgh', 'b']);
    lines.draw(() => ['too soon']);
    now = 200;
    lines.draw(() => ['c']);
    lines.above('said');
    lines.draw(() => ['d']);
    expect(written).toEqual(['abcde\nb\n', '\x1b[2A\r\x1b[Jc\n', '\x1b[1A\r\x1b[Jsaid\n', 'd\n']);
  });
});
