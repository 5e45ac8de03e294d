import { Random } from '@mdctr/base';
import { defineBaseline, type BaselineInput } from '../baseline.js';
import { bestOf, type Tried } from '../choose.js';
import { featuresOf, meanColumns } from '../columns/columns.js';
import { fitLogistic } from './fit-logistic.js';
import { FORMS, LogisticOptions } from './options.js';

/** Strengths of l2 that a search draws from, uniform in their logarithm. */
const RANGE = [0.3, 300] as const;

/** L2-regularised logistic regression on values or target means, and numbers. */
export const logistic = defineBaseline<LogisticOptions>({
  name: 'logistic',
  label: 'logistic regression',
  description: 'L2-regularised logistic regression on the values of all fields, or on their target means.',
  options: LogisticOptions,
  seeded: false,
  async fit({ data, trials, selectBy, signal }: BaselineInput, options: LogisticOptions) {
    const { groupings, numbers } = featuresOf(data);
    const rowsOf = {
      means: { blocks: [], columns: [...meanColumns(data, groupings), ...numbers] },
      values: { blocks: groupings.filter(({ crossed }) => !crossed), columns: numbers },
      crosses: { blocks: groupings, columns: numbers },
    };
    const tried: Tried[] = [];
    for (const one of [options, ...drawn(trials - 1, options)]) {
      for (const form of one.columns === 'best' ? FORMS : [one.columns]) {
        const { scores, steps } = await fitLogistic(data, rowsOf[form], one, signal);
        tried.push({ scores, chosen: { columns: form, l2: one.l2, steps } });
      }
    }
    return bestOf(tried as [Tried, ...Tried[]], data, selectBy);
  },
});

/** The same for every study: the baseline is the same whatever the seed. */
function drawn(count: number, options: LogisticOptions): LogisticOptions[] {
  const random = new Random(0, 'logistic');
  const [low, high] = RANGE;
  return Array.from({ length: count }, () => ({ ...options, l2: low * (high / low) ** random.uniform() }));
}
