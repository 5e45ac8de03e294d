import { Random } from '@mdctr/base';
import { defineBaseline, type BaselineInput } from '../baseline.js';
import { bestOf, type Tried } from '../choose.js';
import { featuresOf, meanColumns } from '../columns/columns.js';
import { lacksLightgbm } from './python.js';
import { trainLightgbm } from './train-lightgbm.js';
import { LightgbmOptions } from './options.js';

/** Gradient-boosted trees on target means and numbers, by LightGBM in a Python of the user's. */
export const lightgbm = defineBaseline<LightgbmOptions>({
  name: 'lightgbm',
  label: 'LightGBM',
  description: 'Gradient-boosted trees on target means and numbers, by LightGBM in Python.',
  options: LightgbmOptions,
  seeded: true,
  lacks: lacksLightgbm,
  async fit(input: BaselineInput, options: LightgbmOptions) {
    const { data, trials, selectBy, seed } = input;
    const candidates = [options, ...drawn(trials - 1, options, seed)];
    const { groupings, numbers } = featuresOf(data);
    const columns = [...meanColumns(data, groupings), ...numbers];
    const tried = await trainLightgbm(input, columns, candidates);
    return bestOf(tried as [Tried, ...Tried[]], data, selectBy);
  },
});

/** Options around those given. */
function drawn(count: number, options: LightgbmOptions, seed: number): LightgbmOptions[] {
  const random = new Random(seed, 'lightgbm');
  const oneOf = <T>(list: readonly T[]): T => list[random.integer(list.length)]!;
  return Array.from({ length: count }, () => ({
    ...options,
    learningRate: oneOf([0.02, 0.03, 0.05, 0.1]),
    leaves: oneOf([7, 15, 31, 63, 127]),
    leafRows: oneOf([20, 50, 100, 200, 500]),
    l2: oneOf([0, 1, 10, 100]),
    columnShare: oneOf([0.4, 0.6, 0.8, 1]),
  }));
}
