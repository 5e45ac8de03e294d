import type { CheckFixture } from './fixture/check-fixture.js';
import type { PromiseNumber } from './promises.js';

/** A check of a model: one backbone, with or without plugins. */
export interface Check {
  /** Stable identifier, `GROUP/NAME`, for expected failures and docs/guides/testkit.md. */
  readonly id: string;
  /** The property that is checked, as a sentence. */
  readonly title: string;
  /** Number among the ten promises, if the check stands for one. */
  readonly promise?: PromiseNumber;
  /** What the check applies to: any model, models with a plugin, or backbones without one. */
  readonly of: 'any' | 'plugin' | 'backbone';
  /**
   * True for a slow check. It runs for the first variant on every backbone and for every variant on the first backbone,
   * but not for all pairs.
   */
  readonly costly?: boolean;
  /** @internal Throws `Broken`, or `NotApplicable`. */
  run(fixture: CheckFixture): void | Promise<void>;
}
