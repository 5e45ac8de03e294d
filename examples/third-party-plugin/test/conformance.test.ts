import { checkPlugin } from '@mdctr/testkit';
import { Lhuc } from '../src/index.js';

checkPlugin(Lhuc, {
  entry: { module: 'mdctr-plugin-lhuc', from: import.meta.url },
  variants: { defaults: {}, 'deep layers': { layers: 'deep' } },
  invalid: [{ layers: 'first' }],
  identity: { options: {}, holds: 'start' }, // 2 sigma(0) = 1
  perDomain: ['lhuc/**/weights'],
});
