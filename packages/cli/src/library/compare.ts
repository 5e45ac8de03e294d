import { inspectModel } from '@mdctr/inspect';
import type { StudyResults, TrialResult } from '@mdctr/report';
import { openStudy, runStudy } from '@mdctr/study';
import { startRuntime } from '../environment.js';
import { Progress } from '../progress.js';
import { openStudyData } from '../study/study-data.js';
import { Comparison } from './comparison.js';
import { dataFlags, openOptions, type LibraryOptions } from './options.js';

/** What `compare` takes. */
export interface CompareOptions extends LibraryOptions {
  /** Called after each trial with its figures, and with what the study has found so far. */
  readonly onResult?: (result: TrialResult, soFar: StudyResults) => void | Promise<void>;
}

/**
 * Runs a study in this process, as `mdctr bench` does in processes of their own: same rows, same order, same figures. Nothing is
 * written before `Comparison.save`, and a study that is broken off begins anew; for long ones take the command.
 * @param study A config file, or the config itself, whose paths are relative to the working directory.
 * @throws MdctrError, MdctrErrors for what is wrong with config, packages or data; what a training throws.
 */
export async function compare(study: string | object, options: CompareOptions = {}): Promise<Comparison> {
  const opened = await openStudy(study, openOptions(options));
  const progress = new Progress(options.progress === true);
  const environment = await startRuntime(opened.config.training.precision, !options.progress);
  const { bySetting } = await openStudyData(opened, dataFlags(options), progress);
  const results = await runStudy(opened, bySetting, environment, {
    inspect: inspectModel,
    onCell: ({ backbone, method, seed }, index, total) =>
      progress.done(`[${index + 1}/${total}] ${backbone} + ${method}, seed ${seed}`),
    ...(options.onResult && { onResult: options.onResult }),
  });
  return new Comparison(results);
}
