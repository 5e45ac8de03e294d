import type { BatchSource } from '@mdctr/core';
import { crossEntropy } from '@mdctr/metrics';
import { evaluateSplit, predictSplit } from '@mdctr/training';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import { formatDifference, largestDifference } from '../fixture/compare.js';
import { memorySource } from '../fixture/memory-source.js';
import { inSampleOrder } from '../fixture/toy-dataset.js';
import type { TrainingSession } from '../fixture/training-session.js';
import { PROMISES } from '../promises.js';
import { reopened } from './state.js';

export const predictEqualsEvaluate: Check = {
  id: 'predict/equals-evaluate',
  title: PROMISES[10],
  promise: 10,
  of: 'any',
  async run(fixture) {
    const { data, rows, batch, trained } = fixture;
    const source = memorySource(data, rows);
    trained.flush();
    const scoresOf = async (session: TrainingSession): Promise<Float32Array> => {
      const { order, scores } = await predictSplit(session.assembled, source, 'test');
      return inSampleOrder({ ...batch, order }, scores);
    };
    const predicted = inSampleOrder(batch, trained.predict(batch));
    const split = await scoresOf(trained);
    const { metrics } = (await evaluateSplit(trained.assembled, source, 'test'))!;
    const labels = Float32Array.from(rows, ({ label }) => label);
    const loaded = await reopened(fixture, trained);
    try {
      const cases: [string, ArrayLike<number>, ArrayLike<number>][] = [
        ['predictSplit', split, predicted],
        ['a second predictSplit', await scoresOf(trained), predicted],
        ['predictSplit of the saved and loaded model', await scoresOf(loaded), predicted],
        ['the log loss of evaluateSplit', [metrics.logLoss!], [crossEntropy(predicted, labels)]],
      ];
      for (const [name, found, wanted] of cases) {
        const difference = largestDifference(found, wanted);
        if (difference.size <= 1e-6) continue;
        broken({
          found: `${name}, row ${difference.index}: ${formatDifference(difference)} by prediction`,
          expected: 'the same within 1e-6',
          look: 'Look at the hook `evaluate`: it must treat each call alike and keep the order of rows.',
        });
      }
    } finally {
      loaded.dispose();
    }
  },
};

export const predictionIgnoresLabels: Check = {
  id: 'predict/ignores-labels',
  title: 'A prediction does not know the label of its row: labels that are planted change nothing.',
  of: 'any',
  async run({ data, rows, trained }) {
    const source = memorySource(data, rows);
    const opposite = memorySource(
      data,
      rows.map((row) => ({ ...row, label: row.label === 1 ? 0 : 1 })),
    );
    // The rows to train on, which variants adapt by, keep their labels.
    const planted: BatchSource = {
      ...source,
      batches: (split, options) => (split === 'test' ? opposite : source).batches(split, options),
    };
    trained.flush();
    const wanted = await scoresByVariant(trained, source);
    const found = await scoresByVariant(trained, planted);
    for (const [variant, scores] of wanted) {
      const difference = largestDifference(found.get(variant)!, scores);
      if (difference.size === 0) continue;
      broken({
        found: `row ${difference.index}${variant === '' ? '' : ` of the variant ${variant}`}: ${formatDifference(difference)} before labels were planted in the rows to predict`,
        expected: 'the same bit for bit',
        look: 'The hook `evaluate` and variants must not read `labels` of the batch that they predict: there are none when a model serves.',
      });
    }
  },
};

/** Scores of the test rows by variant; those of the model itself are under the empty name. */
async function scoresByVariant(
  { assembled }: TrainingSession,
  source: BatchSource,
): Promise<ReadonlyMap<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  await evaluateSplit(assembled, source, 'test', {}, ({ scores }, variant) => found.set(variant ?? '', scores));
  return found;
}
