import { rocAuc } from '@mdctr/metrics';
import { describe, expect, it } from 'vitest';
import { withoutTestLabels } from '../src/without-test-labels.js';
import { gather } from '../src/columns/gather.js';
import { BASELINES, fitBaseline, type BaselineOptions } from '../src/index.js';
import { chooseWeights } from '../src/smoothed-means/choose-weights.js';
import { lacksLightgbm } from '../src/lightgbm/python.js';
import { requiredTool } from '../../../test/support/required-tool.js';
import { sample } from './sample.js';

const lacks = await lacksLightgbm();
requiredTool('LightGBM', lacks === undefined ? true : undefined);

const data = sample(3000);
const request = { data, seed: 1, trials: 1, selectBy: 'auc', threads: 1 };
const withDefaults = (name: string): BaselineOptions => {
  const { properties } = BASELINES.find((one) => one.name === name)!.options;
  const defaults = Object.entries(properties).map(([key, schema]) => [key, (schema as { default?: unknown }).default]);
  return { name, ...Object.fromEntries(defaults) } as BaselineOptions;
};
const testAuc = (scores: Float32Array): number => rocAuc(scores, gather(data.labels, data.splits.test))!;

describe.each(BASELINES.map(({ name }) => name))('the baseline %s', (name) => {
  const it_ = it.skipIf(name === 'lightgbm' && lacks !== undefined);

  it_('finds what the labels follow', async () => {
    const { scores, chosen } = await fitBaseline(withDefaults(name), request);
    expect(scores.validation.length).toBe(data.splits.validation.length);
    // The numbers, which the smoothed means do not see, are worth more than half of it.
    expect(testAuc(scores.test)).toBeGreaterThan(name === 'smoothed-means' ? 0.7 : 0.77);
    expect(Object.keys(chosen).length).toBeGreaterThan(0);
  });

  it_('reads no label of a test row', async () => {
    const labels = data.labels.slice();
    for (const row of data.splits.test) labels[row] = 1 - labels[row]!;
    const [own, other] = [data, { ...data, labels }].map((rows) =>
      fitBaseline(withDefaults(name), { ...request, data: rows }),
    );
    expect(await other).toEqual(await own);
  });

  it_('is no worse on the validation rows with more trials', async () => {
    const validation = gather(data.labels, data.splits.validation);
    const aucOf = async (trials: number) =>
      rocAuc((await fitBaseline(withDefaults(name), { ...request, trials })).scores.validation, validation)!;
    expect(await aucOf(4)).toBeGreaterThanOrEqual(await aucOf(1));
  });

  it_('does without validation rows', async () => {
    const splits = { ...data.splits, validation: new Int32Array(0) };
    const { scores } = await fitBaseline(withDefaults(name), { ...request, data: { ...data, splits } });
    expect(testAuc(scores.test)).toBeGreaterThan(0.65);
  });
});

describe('weights of smoothed means', () => {
  const labels = Float32Array.from({ length: 400 }, (_, i) => (i % 4 < 2 ? 1 : 0));
  const telling = labels.map((label) => (label === 1 ? 1 : -1));
  const noise = labels.map((_, i) => (i % 2 === 0 ? 1 : -1));
  const deviation = (name: string, validation: Float32Array) => ({ name, crossed: false, validation });

  it('are for what lessens the log loss alone', () => {
    expect(chooseWeights([deviation('noise', noise), deviation('telling', telling)], labels, 0)).toEqual([0, 1]);
  });
});

it('labels of test rows are no numbers', () => {
  const { labels } = withoutTestLabels(data);
  expect(data.splits.test.every((row) => Number.isNaN(labels[row]))).toBe(true);
  expect(gather(labels, data.splits.train)).toEqual(gather(data.labels, data.splits.train));
});
