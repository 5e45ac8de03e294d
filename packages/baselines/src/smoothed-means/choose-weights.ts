import { marginLoss } from '../maths.js';

/** What one field says of the validation rows. */
export interface Deviation {
  readonly name: string;
  /** Whether it is of a domain and a field's value. */
  readonly crossed: boolean;
  /** [rows] logit of the smoothed mean minus that of the overall mean. */
  readonly validation: Float32Array;
}

const WEIGHTS = [0, 0.25, 0.5, 0.75, 1];

/** Rows, spread over the validation rows, that weights are chosen on: more say no more. */
const MOST_ROWS = 50_000;

/** The least that a change of weights must take off the mean log loss. */
const LEAST = 1e-5;

/** Weights of single fields, and none of domain and field, where there are no rows to choose by. */
const WITHOUT_ROWS = 0.5;

/**
 * Weights of fields by the log loss of the validation rows. Beginning with none, it changes the one weight that takes off most, as long
 * as a change takes off something; the first of equals, so that the order of the fields decides.
 * @param labels [rows] @param prior logit of the overall mean.
 */
export function chooseWeights(deviations: readonly Deviation[], labels: Float32Array, prior: number): number[] {
  if (labels.length === 0) return deviations.map(({ crossed }) => (crossed ? 0 : WITHOUT_ROWS));
  const step = Math.ceil(labels.length / MOST_ROWS);
  const rows = Int32Array.from({ length: Math.ceil(labels.length / step) }, (_, i) => i * step);
  const margins = new Float64Array(rows.length).fill(prior);
  const weights = deviations.map(() => 0);
  const lossWith = ({ validation }: Deviation, change: number): number => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      sum += marginLoss(margins[i]! + change * validation[row]!, labels[row]!);
    }
    return sum / rows.length;
  };
  let loss = deviations.length === 0 ? 0 : lossWith(deviations[0]!, 0);
  for (;;) {
    let best = { loss: loss - LEAST, field: -1, weight: 0 };
    deviations.forEach((deviation, field) => {
      for (const weight of WEIGHTS) {
        if (weight === weights[field]) continue;
        const changed = lossWith(deviation, weight - weights[field]!);
        if (changed < best.loss) best = { loss: changed, field, weight };
      }
    });
    if (best.field < 0) return weights;
    const { validation } = deviations[best.field]!;
    const change = best.weight - weights[best.field]!;
    rows.forEach((row, i) => (margins[i]! += change * validation[row]!));
    weights[best.field] = best.weight;
    loss = best.loss;
  }
}
