import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '@mdctr/base';
import { planRun, StudyFolder, type Executor, type PlanStore, type PreparedStudy } from '@mdctr/study';
import type { Events } from '../../terminal/events.js';
import type { BenchObserver } from './observer.js';

interface ShowContext {
  readonly observer: BenchObserver;
  readonly events: Events;
  readonly fresh: boolean;
}

/** Shows what a study would do; nothing is written to the folder of its results. */
export async function showPlan(
  study: PreparedStudy,
  executor: Executor,
  directory: string,
  { observer, events, fresh }: ShowContext,
): Promise<void> {
  const { trials } = study.plan;
  const before = fresh
    ? { trials: new Map<number, never>(), baselines: new Map<number, never>() }
    : await StudyFolder.look(directory, study.identity, trials, study.baselines ?? []);
  const temporary = await mkdtemp(join(tmpdir(), 'mdctr-plan-'));
  const release = removeAtExit(temporary);
  const store: PlanStore = {
    workplace: { pathOf: (name) => join(temporary, name), setWorkers: async () => undefined },
    outcomes: async () => new Map(),
    hasCheckpoint: () => false,
  };
  try {
    await planRun(study, executor, store, before, observer);
    events.emit('result', { paths: [], plannedTrials: trials.length });
  } finally {
    await rm(temporary, { recursive: true, force: true });
    release();
  }
}
