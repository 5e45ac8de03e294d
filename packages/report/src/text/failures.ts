import { firstOf } from '@mdctr/base';
import { runName } from '../table/runs.js';
import type { TrialFailure } from '../results/trial.js';

/** Failed trials of one cause, in words. */
export interface FailureGroup {
  /** `dnn + star, seed 1`; of several `star on dnn, dcnv2 (6 trials)`. */
  readonly trials: string;
  /** Their reason, with the place in a package's own code where it is known. */
  readonly reason: string;
}

/**
 * Failed trials by their cause: where a package's own code threw, else what was said. Those of most trials come first.
 */
export function failureGroups(failures: readonly TrialFailure[]): FailureGroup[] {
  const groups = new Map<string, TrialFailure[]>();
  for (const failure of failures) {
    const cause = failure.place ?? `${failure.code} ${failure.reason}`;
    groups.set(cause, [...(groups.get(cause) ?? []), failure]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => ({ trials: namesOf(group), reason: reasonOf(firstOf(group)) }));
}

const reasonOf = ({ reason, place }: TrialFailure): string => (place === undefined ? reason : `${reason}, ${place}`);

function namesOf(group: readonly TrialFailure[]): string {
  const [first] = group as [TrialFailure];
  if (group.length === 1) {
    const { setting, backbone, method } = first;
    return `${setting === undefined ? '' : `${setting}, `}${backbone} + ${method}, ${runName(first)}`;
  }
  const all = (of: (failure: TrialFailure) => string | undefined): string =>
    [...new Set(group.map(of).filter((one) => one !== undefined))].join(', ');
  const settings = all(({ setting }) => setting);
  return (
    `${all(({ method }) => method)} on ${all(({ backbone }) => backbone)}${settings === '' ? '' : ` in ${settings}`} ` +
    `(${group.length} trials)`
  );
}
