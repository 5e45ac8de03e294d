import type { CheckResult } from '@mdctr/testkit/checks';

/** What the process of the checks is to do, and what it tells while it does. */
export interface CheckRequest {
  readonly entries: readonly string[];
  readonly tests: readonly string[];
  /** Every check on every backbone with every variant, not the quick ones alone. */
  readonly all: boolean;
  /** Labels or short names; all without. */
  readonly backbones?: readonly string[];
  /** Part of a check's id. */
  readonly filter?: string;
}

export interface UnitFound {
  readonly kind: 'plugin' | 'backbone';
  readonly name: string;
  /** Whether a test file says how it is to be checked. */
  readonly declared: boolean;
  /** Names of its options. */
  readonly options: readonly string[];
}

/** A result, and where in the author's own files to look. */
export interface PlacedResult extends CheckResult {
  /** `file:line:column`, or `file:line` of the class. */
  readonly place?: string;
}

export type CheckProgress =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'units'; readonly units: readonly UnitFound[] }
  | { readonly kind: 'result'; readonly result: PlacedResult }
  /** A file that cannot be loaded, or an option that fits nothing: no check can run. */
  | { readonly kind: 'broken'; readonly message: string; readonly place?: string; readonly input?: boolean }
  | { readonly kind: 'done' };
