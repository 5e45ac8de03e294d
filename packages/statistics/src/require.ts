import { MdctrError } from '@mdctr/base';

/** A mistake of the caller: numbers that a test cannot be made of. */
export function inputError(what: string, expected: string, found: string | number): MdctrError {
  return new MdctrError('MDCTR_STATISTICS_INPUT', { what, expected, found: String(found) });
}

/** @throws MdctrError MDCTR_STATISTICS_INPUT unless there are at least so many values and each is a finite number. */
export function requireNumbers(values: ArrayLike<number>, least: number, name: string): void {
  if (values.length < least) throw inputError(`Too few ${name}.`, `${least} or more`, values.length);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw inputError(`One of the ${name} is no finite number.`, 'finite numbers', `${values[i]} at index ${i}`);
  }
}

/** @throws MdctrError MDCTR_STATISTICS_INPUT unless the lists are of one length. */
export function requireSameLength(first: ArrayLike<unknown>, second: ArrayLike<unknown>, names: string): void {
  if (first.length === second.length) return;
  throw inputError(`${names} differ in length.`, 'one of each a row', `${first.length} and ${second.length}`);
}

/** @throws MdctrError MDCTR_STATISTICS_INPUT unless it is a share strictly between 0 and 1. */
export function requireLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw inputError('This is no confidence level.', 'a number between 0 and 1, e.g. 0.95', level);
}

/** @throws MdctrError MDCTR_STATISTICS_INPUT for more pairs than an exact distribution is computed for. */
export function requireAtMost(pairs: number, most: number): void {
  if (pairs <= most) return;
  throw inputError('Too many pairs for an exact test.', `${most} at most; use pairedTTest for more`, pairs);
}
