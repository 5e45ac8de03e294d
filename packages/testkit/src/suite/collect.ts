import type { UnitClass } from '@mdctr/core';
import type { BackboneCheckOptions, PluginCheckOptions } from '../options.js';

/** A call of `checkPlugin` or `checkBackbone`. */
export type DeclaredChecks =
  | { readonly kind: 'plugin'; readonly cls: UnitClass; readonly options: PluginCheckOptions }
  | { readonly kind: 'backbone'; readonly cls: UnitClass; readonly options: BackboneCheckOptions };

// Symbol.for: the test file may have a copy of the testkit of its own.
const COLLECTOR = Symbol.for('mdctr.testkit.collector');
const globals = globalThis as { [COLLECTOR]?: DeclaredChecks[] };

/**
 * Collects the calls of `checkPlugin` and `checkBackbone` in `body`, e.g. in an imported test file. The calls register no
 * tests and need no runner. Errors of `body` are rethrown.
 */
export async function collectChecks(body: () => Promise<unknown>): Promise<readonly DeclaredChecks[]> {
  const collected: DeclaredChecks[] = [];
  globals[COLLECTOR] = collected;
  try {
    await body();
  } finally {
    delete globals[COLLECTOR];
  }
  return collected;
}

/** Whether a call is taken by `collectChecks`. */
export function collected(call: DeclaredChecks): boolean {
  return globals[COLLECTOR]?.push(call) !== undefined;
}
