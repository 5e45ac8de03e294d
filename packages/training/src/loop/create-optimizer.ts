import { adagrad, adam, Optimizer, sgd, type UpdateRule } from '@mdctr/tensor';
import type { TrainingOptions } from '../options/options.js';
import { decayOf } from '../loss/regularization.js';

/** The optimizer that the options name, with weight decay. */
export function createOptimizer({ optimizer, regularization }: TrainingOptions): Optimizer {
  return new Optimizer(ruleOf(optimizer), decayOf(regularization));
}

function ruleOf(options: TrainingOptions['optimizer']): UpdateRule {
  switch (options.kind) {
    case 'adam':
      return adam(options);
    case 'adagrad':
      return adagrad(options);
    case 'sgd':
      return sgd(options);
  }
}
