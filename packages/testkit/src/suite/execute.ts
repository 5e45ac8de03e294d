import { MdctrError } from '@mdctr/base';
import { ensureRuntime } from '@mdctr/tensor';
import { Broken, NotApplicable } from '../finding.js';
import type { ExpectedFailure } from '../options.js';
import { PROMISES } from '../promises.js';
import { type PlannedRun, type RunGroup, knownId } from './plan.js';
import { setupReport } from './setup-report.js';
import { authorsFrames, saidBy, shownBy } from './thrown.js';

export type CheckStatus = 'passed' | 'failed' | 'not applicable' | 'failed as expected' | 'passed unexpectedly';

/** Result of one run of a check. */
export interface CheckResult {
  readonly id: string;
  /** The backbone, plugins and variant that were checked. */
  readonly subject: string;
  readonly status: CheckStatus;
  /** The full message for `failed` and `passed unexpectedly`, else the reason. undefined for `passed`. */
  readonly message?: string;
  /** Stack of an error that the checked code threw. */
  readonly stack?: string;
  /** First line of that error, e.g. `TypeError: x is not a function`. It is the same for all runs with the same cause. */
  readonly thrown?: string;
}

const report = setupReport();

type ExpectedFailures = Readonly<Record<string, ExpectedFailure>>;

/**
 * Runs one check and says what became of it; only mistakes of the testkit's own are thrown.
 * @param call what the run was planned by, e.g. `checkPlugin(Lhuc)`.
 */
export async function execute(
  run: PlannedRun,
  expected: ExpectedFailures | undefined,
  call: string,
): Promise<CheckResult> {
  await ensureRuntime({ report });
  const reason = expectedReason(run, expected);
  const result = (status: CheckStatus, message?: string, error?: unknown): CheckResult => ({
    id: run.id,
    subject: run.subject,
    status,
    ...(message !== undefined && { message }),
    ...(error instanceof Error && !(error instanceof Broken) && error.stack !== undefined && { stack: error.stack }),
    ...(error !== undefined && !(error instanceof Broken) && { thrown: saidBy(error) }),
  });
  try {
    await run.run();
  } catch (error) {
    if (error instanceof NotApplicable) return result('not applicable', error.message);
    return reason === undefined
      ? result('failed', explain(run, error, call), error)
      : result('failed as expected', reason);
  }
  if (reason === undefined) return result('passed');
  const { message } = new MdctrError('MDCTR_CHECK_PASSED_UNEXPECTEDLY', {
    what: `${run.id} was expected to fail and passed.`,
    path: run.subject,
    expected: `a failure, because: ${reason}`,
    hint: 'Take it out of `expectedFailures`.',
  });
  return result('passed unexpectedly', message);
}

/** @throws MdctrError MDCTR_CHECK_UNKNOWN for an expected failure that no planned run can be. */
export function refuseStrayExpectations(groups: readonly RunGroup[], expected: ExpectedFailures = {}): void {
  const runs = groups.flatMap((group) => group.runs);
  for (const [id, failure] of Object.entries(expected)) {
    knownId(id);
    if (runs.some((run) => expectedReason(run, { [id]: failure }) !== undefined)) continue;
    if (!runs.some((run) => run.id === id)) continue; // left out by `only`
    throw new MdctrError('MDCTR_CHECK_UNKNOWN', {
      what: `The expected failure of ${id} names no variant or backbone that is checked.`,
      found: JSON.stringify(failure),
      hint: 'Correct the names in `variants` or `backbones`.',
    });
  }
}

/** Why this run must fail, if it must. */
export function expectedReason(run: PlannedRun, expected: ExpectedFailures = {}): string | undefined {
  const failure = expected[run.id];
  if (failure === undefined || typeof failure === 'string') return failure;
  const { reason, variants, backbones } = failure;
  const fits = (names: readonly string[] | undefined, label: string | undefined): boolean =>
    names === undefined || (label !== undefined && names.includes(label));
  return fits(variants, run.variantLabel) && fits(backbones, run.backboneLabel) ? reason : undefined;
}

function explain(run: PlannedRun, error: unknown, call: string): string {
  const promise = run.promise === undefined ? '' : ` (promise ${run.promise} of ${Object.keys(PROMISES).length})`;
  const what = `${run.id} failed${promise}. What is promised: ${run.title}`;
  const again = `To run this check alone: ${call.replace(/\)$/, '')}, { ..., only: ['${run.id}'] }), or npx mdctr dev --filter ${run.id}`;
  if (error instanceof Broken) {
    const { found, expected, look } = error.finding;
    return new MdctrError('MDCTR_CHECK_FAILED', {
      what,
      path: run.subject,
      ...(expected !== undefined && { expected }),
      found,
      hint: `${look} ${again}`,
    }).message;
  }
  const thrown = authorsFrames(error);
  return new MdctrError('MDCTR_CHECK_FAILED', {
    what,
    path: run.subject,
    found: `an error was thrown: ${shownBy(error)}`,
    ...(thrown.length > 0 && { thrown }),
    hint: again,
  }).message;
}
