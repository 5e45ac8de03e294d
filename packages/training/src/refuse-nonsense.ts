import { MdctrError, type BatchSource, type ErrorDetails, type SourceLocation } from '@mdctr/core';
import { completeOptions, type FullTrainingOptions, type TrainingOptions } from './options.js';

/** Gives the place of an option, by its path below `training`. */
export type LocateOption = (path: readonly string[]) => SourceLocation;

/**
 * Refuses options that do not go together, so that nobody finds out after hours.
 * @throws MdctrError MDCTR_CONFIG_VALUE.
 */
export function refuseNonsense(given: TrainingOptions, locate?: LocateOption): void {
  const { schedule, patience, optimizer, regularization } = completeOptions(given);
  if (schedule.kind === 'plateau' && schedule.patience >= patience) {
    throw nonsense(
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
  for (const part of ['dense', 'embedding'] as const) {
    const share = optimizer.learningRate * regularization[part].weightDecay;
    if (share < 1) continue;
    throw nonsense(
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
export function refuseUnmeasured({ schedule }: FullTrainingOptions, source: BatchSource): void {
  if (schedule.kind === 'plateau' && source.rows('validation') === 0) {
    throw nonsense(['schedule', 'kind'], {
      what: 'The schedule "plateau" goes by a validation metric, and there are no validation rows.',
      hint: 'Give data.split.validation a share above 0, or take another schedule.',
    });
  }
}

function nonsense(path: readonly string[], details: ErrorDetails, locate?: LocateOption): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    ...(locate && { at: locate(path) }),
    path: ['training', ...path].join('.'),
    ...details,
  });
}
