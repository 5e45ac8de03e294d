import { Optimizer, updateRule } from '@mdctr/tensor';
import type { TrainingOptions } from '../options/options.js';
import { decayOf } from '../loss/regularization.js';

/** The optimizer that the options name, with weight decay. */
export function createOptimizer({ optimizer, regularization }: TrainingOptions): Optimizer {
  return new Optimizer(updateRule(optimizer), decayOf(regularization));
}
