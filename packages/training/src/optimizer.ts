import { adagrad, adam, Optimizer, sgd } from '@mdctr/tensor';
import type { TrainingOptions } from './options.js';

/** The optimizer that the options name. */
export function createOptimizer(options: TrainingOptions['optimizer']): Optimizer {
  switch (options.kind) {
    case 'adam':
      return new Optimizer(adam(options));
    case 'adagrad':
      return new Optimizer(adagrad(options));
    case 'sgd':
      return new Optimizer(sgd(options));
  }
}
