import { MdctrError } from '@mdctr/base';
import type { BatchSource, Model } from '@mdctr/core';
import { EVALUATION_BATCH } from '../evaluate/evaluate-split.js';
import type { TrainingOptions } from '../options/options.js';
import { fitBoundedLogistic } from './bounded-logistic.js';

/** Strength of the pull of weights to 0, in rows: next to nothing where there are many. */
const RIDGE = 1;

/**
 * Fits a model's base margin to all training rows, where the options ask for one. Their target means are out of fold, or of
 * earlier rows, so that no row's mean knows its label. It is a function of the rows alone, not of the seed. A target mean
 * never counts against a row: weights are 0 or more.
 * @throws MdctrError MDCTR_CONFIG_VALUE if the model was assembled without a margin.
 */
export async function fitBaseMargin(
  { margin }: Model,
  source: BatchSource,
  { baseMargin, negativeSampling }: Pick<TrainingOptions, 'baseMargin' | 'negativeSampling'>,
): Promise<void> {
  if (baseMargin.kind === 'none') return;
  if (!margin) throw assembledWithout();
  const count = source.rows('train');
  const x = new Float32Array(count * margin.size);
  const labels = new Float32Array(count);
  let done = 0;
  for await (const batch of source.batches('train', { batchSize: EVALUATION_BATCH })) {
    x.set(margin.logits(batch), done * margin.size);
    labels.set(batch.labels!, done);
    done += batch.rows;
  }
  const { bias, weights } = fitBoundedLogistic({ x, labels }, margin.size, RIDGE);
  // Training sees rows whose odds are higher by 1 / rate; predictions take that back.
  margin.write(bias - Math.log(negativeSampling), weights);
}

function assembledWithout(): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    path: 'training.baseMargin.kind',
    what: 'The training is to fit a base margin that the model does not have.',
    expected: 'a model that was assembled with the same "baseMargin"',
    hint: 'Give assembleModel the option too.',
  });
}
