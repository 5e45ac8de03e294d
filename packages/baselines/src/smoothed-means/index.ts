import { Random } from '@mdctr/base';
import { Type, type Static } from 'typebox';
import { defineBaseline, type BaselineInput, type LabelledData } from '../baseline.js';
import { bestOf, type Tried } from '../choose.js';
import { featuresOf, SMOOTHING } from '../columns/columns.js';
import { encodedMeans } from '../columns/encoded-means.js';
import { gather } from '../columns/gather.js';
import type { Grouping } from '../columns/grouping.js';
import { priorsOf, targetColumns } from '../columns/target-columns.js';
import { logit, sigmoid } from '../maths.js';
import { chooseWeights, type Deviation } from './choose-weights.js';

const Options = Type.Object({
  smoothing: Type.Number({
    minimum: 0,
    default: SMOOTHING,
    description: 'Rows of the overall mean that each mean is mixed with.',
  }),
});

type Options = Static<typeof Options>;

/** Smoothings that a search draws from, uniform in their logarithm. */
const RANGE = [1, 300] as const;

/**
 * sigmoid(logit p + sum over fields f of w_f (logit m_f - logit p)), where p is the share of clicks of the training rows and m_f
 * the smoothed mean of the row's value, or of its domain and value; of a field that is encoded as a target mean it is that
 * mean. The weights w_f are 0, 1/4, 1/2, 3/4 or 1, chosen on the validation rows.
 */
export const smoothedMeans = defineBaseline<Options>({
  name: 'smoothed-means',
  label: 'smoothed means',
  description: 'Smoothed mean labels of single fields, added as logits: no training but counting.',
  options: Options,
  seeded: false,
  async fit(input: BaselineInput, options: Options) {
    const { data, trials, selectBy, signal } = input;
    const { groupings } = featuresOf(data);
    const tried: Tried[] = [];
    for (const { smoothing } of [options, ...drawn(trials - 1)]) {
      signal?.throwIfAborted();
      tried.push(fitOne(data, groupings, smoothing));
    }
    return bestOf(tried as [Tried, ...Tried[]], data, selectBy);
  },
});

/** The same for every study: the baseline is the same whatever the seed. */
function drawn(count: number): Options[] {
  const random = new Random(0, 'smoothed-means');
  const [low, high] = RANGE;
  return Array.from({ length: count }, () => ({ smoothing: low * (high / low) ** random.uniform() }));
}

interface ScoredDeviation extends Deviation {
  readonly test: Float32Array;
}

function fitOne(data: LabelledData, groupings: readonly Grouping[], smoothing: number): Tried {
  const priors = priorsOf(data);
  const prior = logit(priors.all);
  const { validation, test } = data.splits;
  const scored = (values: Float32Array) => ({ validation: gather(values, validation), test: gather(values, test) });
  // One grouping at a time in full length: what is kept are the rows that are scored.
  const counted = groupings.map(({ name, crossed, ...grouping }): ScoredDeviation => {
    const { logits } = targetColumns({ name, crossed, ...grouping }, data, { smoothing, priors });
    return { name, crossed, ...scored(logits.map((value) => value - prior)) };
  });
  const encoded = encodedMeans(data).map(({ name, values }): ScoredDeviation => ({
    name,
    crossed: name.includes(':targetMean:'),
    ...scored(values),
  }));
  const deviations = [...counted, ...encoded];
  const weights = chooseWeights(deviations, gather(data.labels, validation), prior);
  const scoresOf = (split: 'validation' | 'test', rows: number): Float32Array => {
    const margins = new Float64Array(rows).fill(prior);
    deviations.forEach((deviation, f) => {
      const weight = weights[f]!;
      if (weight !== 0) deviation[split].forEach((value, i) => (margins[i]! += weight * value));
    });
    return Float32Array.from(margins, sigmoid);
  };
  const chosen = deviations.flatMap(({ name }, f) => (weights[f] === 0 ? [] : [[name, weights[f]!] as const]));
  return {
    scores: { validation: scoresOf('validation', validation.length), test: scoresOf('test', test.length) },
    chosen: { smoothing, weights: Object.fromEntries(chosen) },
  };
}
