import type { UnitClass } from '@mdctr/core';
import type { BackboneCheckOptions, CheckOptions, PluginCheckOptions } from '../options.js';
import { execute, refuseStrayExpectations, type CheckResult } from './execute.js';
import { planBackbone, planPlugin, type RunGroup } from './plan.js';

/** The checks of `checkPlugin` without a test runner: results as data, in order; nothing is thrown for a failure. */
export async function examinePlugin(cls: UnitClass, options: PluginCheckOptions): Promise<CheckResult[]> {
  return examine(planPlugin(cls, options), options);
}

/** The checks of `checkBackbone` without a test runner. */
export async function examineBackbone(cls: UnitClass, options: BackboneCheckOptions = {}): Promise<CheckResult[]> {
  return examine(planBackbone(cls, options), options);
}

async function examine(groups: readonly RunGroup[], { expectedFailures }: CheckOptions): Promise<CheckResult[]> {
  refuseStrayExpectations(groups, expectedFailures);
  const results: CheckResult[] = [];
  for (const group of groups) {
    for (const run of group.runs) results.push(await execute(run, expectedFailures));
    group.dispose();
  }
  return results;
}
