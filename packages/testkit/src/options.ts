import type { UnitClass } from '@mdctr/core';
import type { BackboneSetup } from './builtin-backbones.js';
import type { Identity } from './fixture/identity.js';
import type { BuiltPackage } from './fixture/import-fresh.js';
import type { PathPattern } from './fixture/paths.js';
import type { OptionValues } from './option-values.js';

/**
 * The reason why a check is expected to fail, for all runs or for named variants or backbones. The suite fails if such a
 * run passes.
 */
export type ExpectedFailure =
  string | { readonly reason: string; readonly variants?: readonly string[]; readonly backbones?: readonly string[] };

/** Options of both `checkPlugin` and `checkBackbone`. */
export interface CheckOptions {
  /** Sets of options to check with, by name; `{ defaults: {} }` if there are none. Keep widths small. */
  readonly variants?: Readonly<Record<string, OptionValues>>;
  /** Options that must be rejected. */
  readonly invalid?: readonly OptionValues[];
  /** The built package, for `meta/import-has-no-side-effects`: `{ module: '@me/mine', from: import.meta.url }`. */
  readonly entry?: BuiltPackage;
  /** Expected failures by the id of the check. */
  readonly expectedFailures?: Readonly<Record<string, ExpectedFailure>>;
  /** Ids of the checks to run, e.g. to debug one failure; all by default. */
  readonly only?: readonly string[];
  /** Test runner; vitest by default. */
  readonly runner?: Runner;
}

export interface PluginCheckOptions extends CheckOptions {
  /** Options for which the plugin equals the plain backbone, or the reason why there are none. */
  readonly identity: Identity;
  /** Path patterns of parameters with one row for each seen domain (row d - 1 for domain d), e.g. `['lhuc/**']`. */
  readonly perDomain?: readonly PathPattern[];
  /** Backbones to build the plugin on; `builtinBackbones` by default. Add yours to those. */
  readonly backbones?: readonly BackboneSetup[];
  /**
   * `all` (default) checks every variant on every backbone. `some` checks the first variant on every backbone, and each
   * other variant on two backbones. Use it for plugins with many variants.
   */
  readonly pairs?: 'all' | 'some';
}

export interface BackboneCheckOptions extends CheckOptions {
  /** Options that override each variant in checks of gradients, e.g. a smooth activation and no dropout. */
  readonly smooth?: OptionValues;
  /** Plugins to check the backbone with, one at a time. It is also checked without plugins. */
  readonly plugins?: readonly {
    readonly cls: UnitClass;
    readonly options?: OptionValues;
    readonly perDomain?: readonly PathPattern[];
  }[];
}

/** The functions of a test runner. `it` may pass a context whose `skip(note)` skips the test. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: (context?: { skip?: (note?: string) => void }) => Promise<void>): void;
}
