import { checkPlugin } from '@mdctr/testkit';
import { PerDomain } from '../src/index.js';

checkPlugin(PerDomain, {
  entry: { module: '@mdctr/per-domain', from: import.meta.url },
  // All networks begin with the values of one; a product a domain may add up in another order than one over all rows.
  identity: { options: {}, holds: 'start', tolerance: 1e-6 },
  perDomain: ['*/domain-{d}/**'],
  expectedFailures: {
    // Both try rows of an unseen domain, which training never holds; plugins/per-domain/test/training.test.ts has the seen ones.
    'domains/trains-own-parameters-only': 'rows of an unseen domain are scored by the mean of all networks',
    'domains/reads-own-parameters-only': 'rows of an unseen domain are scored by the mean of all networks',
  },
});
