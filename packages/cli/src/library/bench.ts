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

/** What `bench` takes. */
export interface BenchOptions extends LibraryOptions {
  /** Called after each trial with its figures, and with what the study has found so far. */
  readonly onResult?: (result: TrialResult, soFar: StudyResults) => void | Promise<void>;
  /** Called after each trial that failed; the study goes on without it. */
  readonly onFailure?: (failure: TrialFailure) => void | Promise<void>;
}

/**
 * Runs a study in this process, as `mdctr bench` does in processes of their own: same rows, same order, same figures. Nothing is
 * written before `Comparison.save`, and a study that is broken off begins anew; for long ones take the command. A trial that fails
 * is left out of the table and stands in `Comparison.failures`.
 * @param study A config file, or the config itself, whose paths are relative to the working directory.
 * @throws MdctrError, MdctrErrors for what is wrong with config, packages or data; what a model throws in its first steps.
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
