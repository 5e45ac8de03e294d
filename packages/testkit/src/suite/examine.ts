import type { UnitClass } from '@mdctr/core';
import type { BackboneCheckOptions, CheckOptions, PluginCheckOptions } from '../options.js';
import { type CheckResult, execute, refuseStrayExpectations } from './execute.js';
import { type RunGroup, planBackbone, planPlugin } from './plan.js';

/** Called with each result as soon as it is known. */
export type OnResult = (result: CheckResult) => void;

/** Runs the checks of `checkPlugin` without a test runner and returns the results in order. Failures do not throw. */
export async function examinePlugin(
  cls: UnitClass,
  options: PluginCheckOptions,
  onResult?: OnResult,
): Promise<CheckResult[]> {
  return examine(`checkPlugin(${cls.name})`, planPlugin(cls, options), options, onResult);
}

/** Runs the checks of `checkBackbone` without a test runner and returns the results in order. Failures do not throw. */
export async function examineBackbone(
  cls: UnitClass,
  options: BackboneCheckOptions = {},
  onResult?: OnResult,
): Promise<CheckResult[]> {
  return examine(`checkBackbone(${cls.name})`, planBackbone(cls, options), options, onResult);
}

async function examine(
  call: string,
  groups: readonly RunGroup[],
  { expectedFailures }: CheckOptions,
  onResult?: OnResult,
): Promise<CheckResult[]> {
  refuseStrayExpectations(groups, expectedFailures);
  const results: CheckResult[] = [];
  for (const group of groups) {
    for (const run of group.runs) {
      const result = await execute(run, expectedFailures, call);
      results.push(result);
      onResult?.(result);
    }
    group.dispose();
  }
  return results;
}
