import { defineMetric, EVERYWHERE } from '../metric.js';

/** Mean cross entropy. */
export const logLoss = defineMetric({
  name: 'logLoss',
  label: 'log loss',
  description: 'Mean cross entropy, in nats.',
  better: 'lower',
  decimals: 4,
  shownIn: EVERYWHERE,
  byDomain: true,
  compute: ({ scores, labels }) => crossEntropy(scores, labels),
});

/** Probabilities are kept this far from 0 and 1, as scikit-learn and the CTR libraries do in float32. */
const CLIP = 1e-7;

/** Mean cross entropy of click probabilities against labels 0 and 1, in nats. NaN for no rows. */
export function crossEntropy(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]!));
    sum -= labels[i] === 1 ? Math.log(p) : Math.log(1 - p);
  }
  return sum / probabilities.length;
}
