import type { UnitClass } from '@mdctr/core';
import type { BackboneSetup } from './builtin-backbones.js';
import type { Identity } from './fixture/identity.js';
import type { BuiltPackage } from './fixture/import-fresh.js';
import type { PathPattern } from './fixture/paths.js';
import type { OptionValues } from './option-values.js';

/**
 * Why a check must fail: a reason alone, for every run of the check; or for some variants or backbones, by name. A run
 * that passes although it is expected to fail fails the suite, so that the list stays true.
 */
export type ExpectedFailure =
  string | { readonly reason: string; readonly variants?: readonly string[]; readonly backbones?: readonly string[] };

/** What `checkPlugin` and `checkBackbone` have in common. */
export interface CheckOptions {
  /** Sets of options to check with, by name; `{ defaults: {} }` if there are none. Keep widths small. */
  readonly variants?: Readonly<Record<string, OptionValues>>;
  /** Options that must be refused. */
  readonly invalid?: readonly OptionValues[];
  /** The built package, for `meta/import-has-no-side-effects`: `{ module: '@me/mine', from: import.meta.url }`. */
  readonly entry?: BuiltPackage;
  /** By check id. */
  readonly expectedFailures?: Readonly<Record<string, ExpectedFailure>>;
  /** Ids of the checks to run; all by default. For looking at one failure. */
  readonly only?: readonly string[];
  /** Test runner; vitest by default. */
  readonly runner?: Runner;
}

export interface PluginCheckOptions extends CheckOptions {
  /** The options at which the plugin equals the plain backbone, or why there are none. */
  readonly identity: Identity;
  /** Parameters and states that hold one row a seen domain, row d - 1 for domain d, by path pattern: `['lhuc/**']`. */
  readonly perDomain?: readonly PathPattern[];
  /** Backbones to build the plugin on; `builtinBackbones` by default. Add yours to those. */
  readonly backbones?: readonly BackboneSetup[];
  /**
   * `all`, the default: every variant on every backbone. `some`: the first variant on every backbone, the others on the first
   * backbone and one more, in turn; for plugins of many variants, whose checks take long.
   */
  readonly pairs?: 'all' | 'some';
}

export interface BackboneCheckOptions extends CheckOptions {
  /** Options laid over each variant where gradients are compared with differences: a smooth activation, no dropout. */
  readonly smooth?: OptionValues;
  /** Plugins to put on it, each alone, besides none. */
  readonly plugins?: readonly {
    readonly cls: UnitClass;
    readonly options?: OptionValues;
    readonly perDomain?: readonly PathPattern[];
  }[];
}

/** The part of a test runner that is used. `it` may pass a context whose `skip(note)` skips the test. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: (context?: { skip?: (note?: string) => void }) => Promise<void>): void;
}
