import type { CheckFixture } from './fixture/check-fixture.js';
import type { PromiseNumber } from './promises.js';

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
  run(fixture: CheckFixture): void | Promise<void>;
}
