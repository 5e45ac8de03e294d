import { checkPlugin } from '@mdctr/testkit';
import { AdaSparse } from '../src/index.js';

const penalty = 'the value counts cut neurons, the gradient is that of a soft share (docs/methods/adasparse.md)';
const step = 'the gradient passes straight through a step whose own derivative is 0 (AdaSparse, section 3.2)';

checkPlugin(AdaSparse, {
  perDomain: ['adasparse/**/domains'],
  entry: { module: '@mdctr/adasparse', from: import.meta.url },
  pairs: process.env.MDCTR_PAIRS === 'all' ? 'all' : 'some',
  variants: {
    fusion: { pruner: { units: [3] } },
    'a table': { pruner: { domain: { kind: 'table' } }, residual: 'sum' },
    'enlarged embedding': { pruner: { domain: { kind: 'shared', scale: 5 } } },
    'normalized embedding': { pruner: { domain: { kind: 'normalized' } } },
    'by batch': { regularizer: { per: 'batch' } },
    binarization: { form: 'binarization' },
    scaling: { form: 'scaling' },
    'fusion by row': { input: 'domain+hidden' },
  },
  invalid: [{ epsilon: 0 }, { beta: 0.5 }, { form: 'hard' }, { regularizer: { min: 2 } }],
  identity: { options: { pruner: { initStd: 0 } }, holds: 'start' },
  expectedFailures: {
    'grad/finite-differences': { reason: step, variants: ['binarization'] },
    'grad/penalty-finite-differences': {
      reason: penalty,
      variants: [
        'fusion',
        'a table',
        'enlarged embedding',
        'normalized embedding',
        'by batch',
        'binarization',
        'fusion by row',
      ],
    },
  },
});
