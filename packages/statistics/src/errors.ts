/** A mistake of the caller: numbers that a test cannot be made of. The code is `MDCTR_STATISTICS_INPUT`. */
export class StatisticsError extends RangeError {
  override readonly name = 'StatisticsError';
  readonly code = 'MDCTR_STATISTICS_INPUT';

  constructor(what: string, expected: string, found: string | number) {
    super(`MDCTR_STATISTICS_INPUT: ${what}\n  expected  ${expected}\n  found     ${found}`);
  }
}

/** @throws StatisticsError unless there are at least so many values and each is a finite number. */
export function requireNumbers(values: ArrayLike<number>, least: number, name: string): void {
  if (values.length < least) throw new StatisticsError(`Too few ${name}.`, `${least} or more`, values.length);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new StatisticsError(
      `One of the ${name} is no finite number.`,
      'finite numbers',
      `${values[i]} at index ${i}`,
    );
  }
}

/** @throws StatisticsError unless the lists are of one length. */
export function requireSameLength(first: ArrayLike<unknown>, second: ArrayLike<unknown>, names: string): void {
  if (first.length === second.length) return;
  throw new StatisticsError(`${names} differ in length.`, 'one of each a row', `${first.length} and ${second.length}`);
}

/** @throws StatisticsError unless it is a share strictly between 0 and 1. */
export function requireLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw new StatisticsError('This is no confidence level.', 'a number between 0 and 1, e.g. 0.95', level);
}

/** @throws StatisticsError for more pairs than an exact distribution is computed for. */
export function requireAtMost(pairs: number, most: number): void {
  if (pairs <= most) return;
  throw new StatisticsError('Too many pairs for an exact test.', `${most} at most; use pairedTTest for more`, pairs);
}
