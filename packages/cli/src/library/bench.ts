import { inspectModel } from '@mdctr/inspect';
import type { StudyResults, TrialFailure, TrialResult } from '@mdctr/report';
import {
  hasFailed,
  InProcessExecutor,
  MemoryStore,
  nameOf,
  openStudy,
  prepareStudy,
  runStudy,
  type StudyObserver,
} from '@mdctr/study';
import { openStudyData } from '../data/open-study-data.js';
import { Progress } from '../terminal/progress.js';
import { Comparison } from './comparison.js';
import { dataFlags, openOptions, type LibraryOptions } from './options.js';

/** Options of `bench`. */
export interface BenchOptions extends LibraryOptions {
  /** Called after each trial with its result and the results so far. */
  readonly onResult?: (result: TrialResult, soFar: StudyResults) => void | Promise<void>;
  /** Called after each failed trial. The study continues without it. */
  readonly onFailure?: (failure: TrialFailure) => void | Promise<void>;
}

/**
 * Runs a study in this process. The results equal those of `mdctr bench`, which uses worker processes. Nothing is written
 * before `Comparison.save`, and an interrupted study cannot be resumed: use the command for long studies. Failed trials
 * are listed in `Comparison.failures` and left out of the table.
 * @param study A config file, or a config object with paths relative to the working directory.
 * @throws MdctrError, MdctrErrors for errors in the config, packages or data. Errors in the first steps of a model are
 *   rethrown.
 */
export async function bench(study: string | object, options: BenchOptions = {}): Promise<Comparison> {
  const opened = await openStudy(study, openOptions(options));
  const progress = new Progress(options.progress === true);
  const executor = new InProcessExecutor({
    registry: opened.registry,
    precision: opened.config.training.precision,
    quiet: !options.progress,
    inspect: inspectModel,
  });
  const observer = observerOf(options, progress);
  try {
    const prepared = await prepareStudy(
      opened,
      () => openStudyData(opened, dataFlags(options), progress),
      executor,
      observer,
    );
    return new Comparison(await runStudy(prepared, executor, new MemoryStore(), observer));
  } finally {
    await executor.end();
  }
}

function observerOf({ onResult, onFailure }: BenchOptions, progress: Progress): StudyObserver {
  let trials = 0;
  return {
    roundBegins: ({ plan }) => void (trials = plan.trials.length),
    trialBegins: (trial) => progress.done(`[${trial.index + 1}/${trials}] ${nameOf(trial)}`),
    trialEnds: async (trial, outcome, soFar) => {
      if ('tuning' in trial) return;
      if (hasFailed(outcome)) await onFailure?.(outcome.failure);
      else await onResult?.(outcome.lines[0], soFar());
    },
  };
}
