import type { Registry } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import type { BaselineResult, StudyResults, TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { planStudy } from '../../src/plan/plan-study.js';
import type { BaselineTrial, StudyTrial } from '../../src/plan/types.js';
import type { Beside, StudyReport } from '../../src/results/study-report.js';
import { InProcessExecutor } from '../../src/run/in-process.js';
import {
  StudyStopped,
  type BaselineRequest,
  type BaselineRun,
  type Executor,
  type TrialRequest,
  type TrialRun,
} from '../../src/run/executor.js';
import { MemoryStore } from '../../src/run/memory-store.js';
import type { StudyObserver } from '../../src/run/observer.js';
import type { PreparedStudy } from '../../src/run/prepare-study.js';
import { runStudy } from '../../src/run/run-study.js';
import type { StudyStore } from '../../src/run/store.js';
import type { TrialOutcome } from '../../src/trial/outcome.js';
import { config } from '../small-grid.js';

const plan = planStudy({
  ...config,
  analyses: { seedsAndRows: false, activity: false, ensemble: false },
} as unknown as typeof config);

/** A study whose results are its outcomes. */
const study = (): PreparedStudy => ({
  config: {
    ...config,
    analyses: { seedsAndRows: false, activity: false, ensemble: false },
  } as unknown as typeof config,
  plan,
  report: {
    labels: [],
    results: (outcomes: ReadonlyMap<number, TrialOutcome>) =>
      ({ outcomes: new Map(outcomes) }) as unknown as StudyResults,
  } as unknown as StudyReport,
  facts: { data: 'abc' },
  identity: {},
  handOverData: () => ({ bySetting: [{} as EncodedData], fingerprints: ['abc'], searched: [false] }),
});

const success = ({ trial }: TrialRequest): TrialRun => ({
  outcome: { lines: [{ seed: trial.seed } as TrialResult] },
});

/** An executor like one that asks other machines: all that the driver needs of one. */
class FakeExecutor implements Executor {
  readonly parallel = 2;
  readonly threads = 1;
  readonly calls: string[] = [];
  requests: TrialRequest[] = [];

  constructor(private readonly answer: (request: TrialRequest) => TrialRun = success) {}

  async start() {
    this.calls.push('start');
    return {};
  }
  async rehearse() {
    this.calls.push('rehearse');
  }
  async takeData() {
    this.calls.push('takeData');
  }
  async answerBudgets() {
    return [];
  }
  async estimate() {
    this.calls.push('estimate');
    return new Map();
  }
  async run(request: TrialRequest): Promise<TrialRun> {
    this.requests.push(request);
    return this.answer(request);
  }
  async runBaseline({ trial }: BaselineRequest): Promise<BaselineRun> {
    this.calls.push(`baseline ${trial.cell.method}`);
    return { outcome: { result: { method: trial.cell.method } as BaselineResult } };
  }
  stop(): void {}
  async end() {}
}

const outcomesOf = (results: StudyResults) => (results as unknown as { outcomes: Map<number, TrialOutcome> }).outcomes;

describe('runStudy', () => {
  it('gives the data to the executor, runs every trial once and tells the observer in this order', async () => {
    const executor = new FakeExecutor();
    const told: string[] = [];
    const observer: StudyObserver = {
      planned: (_, { toRun, parallel }) => void told.push(`planned ${toRun} by ${parallel}`),
      roundBegins: () => void told.push('round'),
      trialBegins: ({ index }) => void told.push(`begins ${index}`),
      trialEnds: ({ index }) => void told.push(`ends ${index}`),
      roundEnds: () => void told.push('done'),
    };
    const results = await runStudy(study(), executor, new MemoryStore(), observer);
    expect(executor.calls).toEqual(['takeData', 'estimate']);
    expect(outcomesOf(results).size).toBe(plan.trials.length);
    expect(executor.requests.map(({ trial }) => trial.index).sort((a, b) => a - b)).toEqual(
      plan.trials.map((_, i) => i),
    );
    expect(executor.requests[0]).toMatchObject({ facts: { data: 'abc' } });
    expect(told.slice(0, 3)).toEqual(['planned 12 by 2', 'round', 'begins 0']);
    expect(told.at(-1)).toBe('done');
    expect(told.filter((line) => line.startsWith('ends')).length).toBe(12);
  });

  it('records a trial that fails and goes on', async () => {
    const failing = new FakeExecutor((request) => {
      const { trial } = request;
      if (trial.index !== 3) return success(request);
      return { outcome: { failure: { ...trial.cell, code: 'MDCTR_X', reason: 'no', seconds: 1 } } };
    });
    const outcomes = outcomesOf(await runStudy(study(), failing, new MemoryStore()));
    expect(outcomes.size).toBe(12);
    expect(outcomes.get(3)).toMatchObject({ failure: { code: 'MDCTR_X' } });
  });

  it('ends at an error that is no trial’s own, and begins no other trial', async () => {
    const broken = new FakeExecutor(({ trial }) => {
      if (trial.index === 2) throw new StudyStopped();
      return success({ trial } as TrialRequest);
    });
    await expect(runStudy(study(), broken, new MemoryStore())).rejects.toThrow(StudyStopped);
    expect(broken.requests.length).toBeLessThan(12);
  });

  it('runs only what the store has no outcome of, and keeps each result before it is told', async () => {
    const saved: number[] = [];
    const store: StudyStore = Object.assign(new MemoryStore(), {
      outcomes: async (trials: readonly StudyTrial[]) =>
        new Map(trials.slice(0, 10).map((trial) => [trial.index, success({ trial } as TrialRequest).outcome])),
      save: async (results: StudyResults) => void saved.push(outcomesOf(results).size),
    });
    const executor = new FakeExecutor();
    let toldAt = 0;
    await runStudy(study(), executor, store, { trialEnds: () => void (toldAt = Math.max(...saved)) });
    expect(executor.requests.map(({ trial }) => trial.index)).toEqual([10, 11]);
    expect([saved[0], saved.at(-1), saved.length]).toEqual([10, 12, 3]);
    expect(toldAt).toBe(12);
  });

  it('leaves no word of a study that comes to no trial', async () => {
    let abandoned = 0;
    const store: StudyStore = Object.assign(new MemoryStore(), { abandon: async () => void abandoned++ });
    const executor = Object.assign(new FakeExecutor(), { estimate: () => Promise.reject(new Error('does not build')) });
    await expect(runStudy(study(), executor, store)).rejects.toThrow('does not build');
    expect(abandoned).toBe(1);
  });
});

describe('the executor in this process', () => {
  it('takes what a model throws as the trial’s failure, and ends a study that was stopped', async () => {
    const executor = new InProcessExecutor({ registry: {} as Registry, precision: 'float32', quiet: true });
    await executor.takeData({ bySetting: [{} as EncodedData], fingerprints: [''], searched: [false] });
    const request: TrialRequest = { trial: plan.trials[0]!, folder: undefined, facts: {}, onProgress: () => undefined };
    const { outcome } = await executor.run(request);
    expect(outcome).toMatchObject({ failure: { backbone: 'dnn', method: 'plain', seed: 1 } });
    executor.stop();
    await expect(executor.run(request)).rejects.toThrow(StudyStopped);
  });

  it('fits the baselines before all trials, those alone that are left, and hands their outcomes to the results', async () => {
    const executor = new FakeExecutor();
    const store = new MemoryStore();
    const trial = (index: number, method: string) =>
      ({ index, setting: 0, seed: 1, folder: method, cell: { backbone: '(none)', method, seed: 1 } }) as BaselineTrial;
    store.baselineOutcomes = async () => new Map([[0, { result: {} }]]) as never;
    const asked: unknown[] = [];
    const report = {
      labels: [],
      results: (_: unknown, __: unknown, { baselines }: Beside) => void asked.push(baselines?.length),
    } as unknown as StudyReport;
    const scores = () => new Float32Array(4);
    store.scoresOf = scores;
    const told: string[] = [];
    const prepared = { ...study(), report: { ...report, labels: [new Float32Array(4)] } as unknown as StudyReport };
    const baselines = [trial(0, 'before'), trial(1, 'a'), trial(2, 'b')];
    await runStudy({ ...prepared, baselines }, executor, store, {
      baselineEnds: ({ cell }) => void told.push(cell.method),
      roundBegins: () => void told.push('trials'),
    });
    expect(executor.calls).toEqual(['takeData', 'estimate', 'baseline a', 'baseline b']);
    expect(told).toEqual(['a', 'b', 'trials']);
    expect(asked.at(-1)).toBe(3);
  });
});
