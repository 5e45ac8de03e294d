import type { Subject } from './fixture/subject.js';
import type { Bench } from './fixture/bench.js';
import type { PromiseNumber } from './promises.js';

/** What a check found wrong. */
export interface Finding {
  /** The numbers, and where they were seen. */
  readonly found: string;
  /** What should have been. */
  readonly expected?: string;
  /** Where to look for the cause. */
  readonly look: string;
}

/** Thrown by a check that finds its promise broken. */
export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(readonly finding: Finding) {
    super(finding.found);
  }
}

/** Thrown by a check that has nothing to look at, e.g. the penalty of a plugin without one. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** A check of a model: one backbone, with or without plugins. */
export interface Check {
  /** Stable name, `GROUP/WHAT`; expected failures and docs/testkit.md refer to it. */
  readonly id: string;
  /** What is promised, as a sentence. */
  readonly title: string;
  /** Number in the list of ten promises that every method keeps, where it is one of those. */
  readonly promise?: PromiseNumber;
  /** Checks of plugins alone need a plugin; checks of backbones alone are for the backbone itself. */
  readonly of: 'any' | 'plugin' | 'backbone';
  /**
   * Takes many steps: run for the first variant on every backbone and for every variant on the first backbone, not for
   * all pairs.
   */
  readonly costly?: boolean;
  /** @internal Throws `Broken`, or `NotApplicable`. */
  run(bench: Bench): void | Promise<void>;
}

/** Throws what a check found. */
export function broken(finding: Finding): never {
  throw new Broken(finding);
}

export type { Subject };
