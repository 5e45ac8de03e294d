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
  /**
   * Training steps done; fixed while evaluating, saved with the model. Schedules count steps and not shares of a training, because a
   * training's bound is mostly not where it ends: it stops when the validation rows say so.
   */
  readonly step: number;
}

/** Options of the unit. They are injected into the first parameter of a constructor, which needs no decorator. */
export const OPTIONS = token<unknown>('options');
/** `FeatureSchema` of the data. */
export const FEATURE_SCHEMA = token<FeatureSchema>('featureSchema');
/** `Schedule` of the trial. */
export const SCHEDULE = token<Schedule>('schedule');
/**
 * `Random` stream of the unit, seeded by the trial's seed and the unit's name. Training steps must draw from this stream
 * and not from forks of it: checkpoints save only the state of this stream.
 */
export const RANDOM = token<Random>('random');
