import { MdctrError } from '@mdctr/base';
import { type UnitClass } from '@mdctr/core';
import type { BackboneCheckOptions, CheckOptions, PluginCheckOptions, Runner } from '../options.js';
import { collected } from './collect.js';
import { type CheckResult, execute, expectedReason, refuseStrayExpectations } from './execute.js';
import { type RunGroup, planBackbone, planPlugin } from './plan.js';
import { authorsFrames, forRunner } from './thrown.js';

// Optional: with another runner, or with `examinePlugin`, vitest need not be installed.
const vitest = (await import('vitest').catch(() => undefined)) as Runner | undefined;

/**
 * Registers a test for each check of a plugin: checks of its declaration, then every variant on every backbone. Call it
 * in a test file.
 * @throws MdctrError MDCTR_CHECK_UNKNOWN for unknown ids and names, MDCTR_CHECK_RUNNER without a test runner.
 */
export function checkPlugin(cls: UnitClass, options: PluginCheckOptions): void {
  if (collected({ kind: 'plugin', cls, options })) return;
  register(`checkPlugin(${cls.name})`, planPlugin(cls, options), options);
}

/**
 * Registers a test for each check of a backbone: checks of its declaration, then every variant without plugins and with
 * each of `options.plugins`. Call it in a test file.
 * @throws MdctrError MDCTR_CHECK_UNKNOWN for unknown ids and names, MDCTR_CHECK_RUNNER without a test runner.
 */
export function checkBackbone(cls: UnitClass, options: BackboneCheckOptions = {}): void {
  if (collected({ kind: 'backbone', cls, options })) return;
  register(`checkBackbone(${cls.name})`, planBackbone(cls, options), options);
}

function register(name: string, groups: readonly RunGroup[], options: CheckOptions): void {
  refuseStrayExpectations(groups, options.expectedFailures);
  const { describe, it } = options.runner ?? defaultRunner();
  const told = new Told();
  describe(name, () => {
    for (const group of groups) {
      describe(group.name, () => {
        group.runs.forEach((run, i) => {
          const reason = expectedReason(run, options.expectedFailures);
          const promise = run.promise === undefined ? '' : ` (promise ${run.promise})`;
          const title = `${run.id}${promise}: ${run.title}${reason === undefined ? '' : ` Expected to fail: ${reason}`}`;
          it(title, async (context) => {
            const result = await execute(run, options.expectedFailures, name);
            if (i === group.runs.length - 1) group.dispose();
            if (result.status === 'not applicable') context?.skip?.(result.message);
            if (result.status !== 'failed' && result.status !== 'passed unexpectedly') return;
            throw told.failure(result);
          });
        });
      });
    }
  });
}

/** Errors that tests failed with: what a hook throws, most checks meet, and only the first tells the whole. */
class Told {
  private readonly first = new Map<string, CheckResult>();

  failure(result: CheckResult): Error {
    const { id, subject, message = '', stack, thrown } = result;
    if (thrown === undefined) return forRunner(message, stack);
    const key = `${thrown} ${authorsFrames({ stack })[0]}`;
    const before = this.first.get(key);
    if (before && before.id + before.subject !== id + subject) {
      return forRunner(`${thrown} (fails alike: see ${before.id} of ${before.subject})`, undefined);
    }
    this.first.set(key, result);
    return forRunner(message, stack);
  }
}

function defaultRunner(): Runner {
  const globals = globalThis as Partial<Runner>;
  if (globals.describe && globals.it) return globals as Runner;
  if (vitest) return vitest;
  throw new MdctrError('MDCTR_CHECK_RUNNER', {
    what: 'There is no test runner.',
    expected: 'vitest, or describe and it as globals',
    hint: 'Install vitest, or pass { runner: { describe, it } }.',
  });
}
