import { MdctrError } from '@mdctr/base';
import { foldsOf, type SplitOptions } from '../options/split-options.js';

/** Least share of the rows that the first fold trains on. */
const LEAST_TRAINING = 0.2;

/** A share that is off by the rounding of sums of decimals. */
const ROUNDING = 1e-9;

/**
 * Refuses rolling splits that cannot be compared: without test rows, or with too little to train on in the first fold.
 * @throws MdctrError MDCTR_DATA_SPLIT.
 */
export function refuseFolds(split: SplitOptions): void {
  const folds = foldsOf(split);
  if (split.by !== 'time') return;
  const { test, validation, fold = folds } = split;
  if (fold > folds) {
    throw new MdctrError('MDCTR_DATA_SPLIT', {
      what: 'The split has no such fold.',
      path: 'data.split.fold',
      expected: folds === 1 ? '1, as data.split.folds is 1' : `1 to ${folds}, as data.split.folds says`,
      found: String(fold),
      hint: 'Leave it out for all folds in a study, and the last one in a trial.',
    });
  }
  if (folds === 1) return;
  if (test === 0) {
    throw new MdctrError('MDCTR_DATA_SPLIT', {
      what: 'Folds differ in their test rows, and there are none.',
      path: 'data.split.test',
      expected: 'a share above 0',
      found: '0',
      hint: 'Give data.split.test a share above 0, or leave data.split.folds out.',
    });
  }
  const left = 1 - folds * test - validation;
  if (left >= LEAST_TRAINING - ROUNDING) return;
  const most = Math.floor((1 - LEAST_TRAINING - validation + ROUNDING) / test);
  throw new MdctrError('MDCTR_DATA_SPLIT', {
    what: `The first of ${folds} folds has too few rows to train on.`,
    path: 'data.split.folds',
    expected: `folds * test + validation of at most ${1 - LEAST_TRAINING}, so that a fifth of the rows is left`,
    found: `${folds} * ${test} + ${validation}, which leaves ${Math.max(0, Math.round(left * 1000) / 1000)}`,
    hint:
      most > 1
        ? `Take at most ${most} folds, or lower data.split.test or data.split.validation.`
        : 'Lower data.split.test or data.split.validation, or leave data.split.folds out.',
  });
}
