import { MdctrError, type ErrorDetails, type SourceLocation } from '@mdctr/base';
import { type BatchSource } from '@mdctr/core';
import { findMetric } from '@mdctr/metrics';
import type { TrainingOptions } from './options.js';

/** Gives the place of an option, by its path below `training`. */
export type LocateOption = (path: readonly string[]) => SourceLocation;

export interface KnownFacts {
  /** Whether the rows have groups (`data.gaucBy`). */
  readonly grouped: boolean;
  readonly locate?: LocateOption;
}

/**
 * Refuses options that do not go together, so that nobody finds out after hours.
 * @throws MdctrError MDCTR_CONFIG_VALUE.
 */
export function validateOptions(options: TrainingOptions, { grouped, locate }: KnownFacts): void {
  const { selectBy, schedule, patience, optimizer, regularization } = options;
  if (schedule.kind === 'plateau' && schedule.patience >= patience) {
    throw conflict(
      ['schedule', 'patience'],
      {
        what: 'The training would stop before the learning rate goes down.',
        expected: `less than training.patience, ${patience}`,
        found: String(schedule.patience),
        hint: `Set training.patience to ${schedule.patience + 1} or more.`,
      },
      locate,
    );
  }
  const judges = [
    [['selectBy'], selectBy] as const,
    ...(schedule.kind === 'plateau' ? [[['schedule', 'by'], schedule.by] as const] : []),
  ];
  for (const [path, metric] of judges) {
    if (metric !== undefined) refuseUnmeasurable(metric, grouped, placeOf(path, locate));
  }
  for (const part of ['dense', 'embedding'] as const) {
    const share = optimizer.learningRate * regularization[part].weightDecay;
    if (share < 1) continue;
    throw conflict(
      ['regularization', part, 'weightDecay'],
      {
        what: 'A step would take more off the weights than there is.',
        expected: `less than 1 / learningRate, ${1 / optimizer.learningRate}`,
        found: String(regularization[part].weightDecay),
      },
      locate,
    );
  }
}

/**
 * Refuses options that these data leave nothing to judge by.
 * @throws MdctrError MDCTR_CONFIG_VALUE.
 */
export function refuseUnmeasured({ schedule }: TrainingOptions, source: BatchSource): void {
  if (schedule.kind === 'plateau' && source.rows('validation') === 0) {
    throw conflict(['schedule', 'kind'], {
      what: 'The schedule "plateau" goes by a validation metric, and there are no validation rows.',
      hint: 'Give data.split.validation a share above 0, or take another schedule.',
    });
  }
}

/**
 * Refuses to judge by a metric that needs what the rows do not have.
 * @param grouped whether the rows have groups (`data.gaucBy`)
 * @throws MdctrError MDCTR_CONFIG_VALUE.
 */
export function refuseUnmeasurable(metric: string, grouped: boolean, place: Pick<ErrorDetails, 'at' | 'path'>): void {
  const needs = findMetric(metric)?.needs;
  if (!needs || grouped) return;
  throw new MdctrError('MDCTR_CONFIG_VALUE', {
    ...place,
    what: `The metric "${metric}" needs ${needs.rows}.`,
    expected: needs.option,
    found: 'none',
    hint: needs.hint,
  });
}

const conflict = (path: readonly string[], details: ErrorDetails, locate?: LocateOption): MdctrError =>
  new MdctrError('MDCTR_CONFIG_VALUE', { ...placeOf(path, locate), ...details });

const placeOf = (path: readonly string[], locate?: LocateOption): Pick<ErrorDetails, 'at' | 'path'> => ({
  ...(locate && { at: locate(path) }),
  path: ['training', ...path].join('.'),
});
