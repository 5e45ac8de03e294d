import { checkPlugin } from '@mdctr/testkit';
import { Star } from '../src/index.js';

const layers = ['deep', 'cross', 'logit'];
const off = { layers: [], normalization: 'none', auxiliary: { enabled: false } };

checkPlugin(Star, {
  entry: { module: '@mdctr/star', from: import.meta.url },
  pairs: process.env.MDCTR_PAIRS === 'all' ? 'all' : 'some',
  variants: {
    full: { auxiliary: { hiddenUnits: [3] } },
    topology: { ...off, layers },
    'norms everywhere': { ...off, normalization: 'all' },
  },
  // W_d = 1 and b_d = 0 at the start; a product a domain may add up in another order than one over all rows.
  identity: { options: { ...off, layers }, holds: 'start', tolerance: 1e-6 },
  perDomain: [
    'star/deep/*/kernel',
    'star/deep/*/bias',
    'star/cross/**/kernel',
    'star/cross/**/bias',
    'star/logit/kernel',
    'star/logit/bias',
    'star/**/domain-*',
    'star/**/mean',
    'star/**/variance',
    'star/**/updates',
  ],
  expectedFailures: {
    'domains/reads-own-parameters-only': {
      reason: 'rows of an unseen domain are normalised with the mean of all domains’ moving statistics',
      variants: ['full', 'norms everywhere'],
    },
  },
});
