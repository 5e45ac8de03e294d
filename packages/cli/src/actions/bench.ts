import { CONTINUED, MdctrError } from '@mdctr/core';
import { failureGroups, type StudyResults } from '@mdctr/report';
import { Events } from '../events.js';
import type { DataFlags } from '../open-data.js';
import { planOnly } from '../study/make-plan.js';
import { prepare } from '../study/prepare.js';
import { runPrepared } from '../study/run-prepared.js';

export interface BenchOptions extends DataFlags {
  readonly set: string[];
  readonly out?: string;
  readonly parallel: number;
  readonly threads?: number;
  readonly trialMinutes?: number;
  readonly trialMemory?: number;
  readonly plan?: true;
  readonly retryFailed?: true;
  readonly fresh?: true;
  readonly tensorboard?: string;
  readonly json?: true;
}

export async function bench(file: string, options: BenchOptions): Promise<void> {
  const events = new Events(options.json === true);
  let failures: StudyResults['failures'];
  await events.guard(async () => {
    const prepared = await prepare(file, options, events);
    try {
      if (options.plan) await planOnly(prepared);
      else failures = await runPrepared(prepared);
    } finally {
      await prepared.crew.end();
    }
  });
  // After the last event: the results are in, but not all of them.
  if (failures) throw incomplete(failures);
}

/** Most causes of failures that are shown. */
const MOST_CAUSES = 8;

function incomplete(failures: NonNullable<StudyResults['failures']>): MdctrError {
  const groups = failureGroups(failures).map(({ trials, reason }) => `${trials}: ${reason.replaceAll('\n', ' ')}`);
  const left = groups.length - MOST_CAUSES;
  const rest = left > 0 ? [`and ${left} more cause${left > 1 ? 's' : ''}, in results.json`] : [];
  const them = failures.length > 1 ? 'them' : 'it';
  return new MdctrError('MDCTR_STUDY_INCOMPLETE', {
    what: `${failures.length} trial${failures.length > 1 ? 's' : ''} of the study failed; the table is without ${them}.`,
    found: [...groups.slice(0, MOST_CAUSES), ...rest].join(CONTINUED),
    hint: 'Mend the cause, then run the same command with --retry-failed.',
  });
}
