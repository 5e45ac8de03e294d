import { checkPlugin } from '@mdctr/testkit';
import { Maml } from '../src/index.js';

const evaluation = { steps: 1, batchSize: 32 };

checkPlugin(Maml, {
  entry: { module: '@mdctr/maml', from: import.meta.url },
  pairs: process.env.MDCTR_PAIRS === 'all' ? 'all' : 'some',
  variants: {
    'first order': { innerRate: 0.02, evaluation },
    'second order': { order: 'second', innerSteps: 2, evaluation },
    'learned rates': { rate: 'learned', innerRate: 0.05, evaluation },
    'inner Adam': { innerOptimizer: 'adam', innerRate: 0.001, weighting: 'mean', evaluation: { steps: 0 } },
  },
  invalid: [{ order: 'third' }, { innerSteps: -1 }, { support: 1 }],
  identity: { options: { innerSteps: 0, evaluation: { steps: 0 } }, holds: 'training' },
  expectedFailures: {
    'learn/planted-problem': {
      // The passes that move the averages hold one domain each, and theta is scored as it is, before it adapts.
      reason: 'batch norm’s moving averages fit the adapted networks, not the one that is scored',
      backbones: ['dcnv2, stacked, low rank, batch norm and dropout'],
    },
  },
});
