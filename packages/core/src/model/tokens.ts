import type { Random } from '@mdctr/tensor';
import type { InjectionToken } from 'tsyringe';
import type { FeatureSchema } from '../features/feature-schema.js';

/**
 * A typed name that the trial's container knows a value by: `@inject(SCHEDULE) private readonly schedule: Schedule`.
 */
export type Token<T> = InjectionToken<T> & symbol;

const token = <T>(name: string): Token<T> => Symbol.for(`mdctr.${name}`);

/** How far training has come; the same object for the whole trial. */
export interface Schedule {
  /** From 0 (nothing seen) to 1 (all planned steps done); fixed while evaluating, saved with the model. */
  readonly progress: number;
}

/** The unit's own options. A constructor's first parameter gets them without a decorator. */
export const OPTIONS = token<unknown>('options');
/** `FeatureSchema` of the trial's data. */
export const FEATURE_SCHEMA = token<FeatureSchema>('featureSchema');
/** `Schedule` of the trial. */
export const SCHEDULE = token<Schedule>('schedule');
/**
 * `Random` stream of the unit's own, seeded by the trial's seed and the unit's name. What steps draw is to come from this
 * stream itself: checkpoints save where it stands, and not where its forks do.
 */
export const RANDOM = token<Random>('random');
