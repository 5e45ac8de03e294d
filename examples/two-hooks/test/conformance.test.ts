import { builtinBackbones, checkPlugin } from '@mdctr/testkit';
import { PepNet } from '../pepnet.js';

const stopped = 'no gradient goes from the gates of hidden layers back into EPNet’s (PEPNet, section 3.3)';

checkPlugin(PepNet, {
  // Two suffice here: what differs between backbones is what announces sites, and it is checked elsewhere.
  backbones: builtinBackbones.filter(({ label }) => ['dnn, batch norm and dropout', 'dcnv2'].includes(label)),
  variants: { 'by user and item': { prior: ['user', 'item'], gateUnits: 3 } },
  invalid: [{ gateUnits: 0 }, { prior: 'user' }],
  identity: { options: {}, holds: 'start' }, // 2 sigma(0) = 1
  expectedFailures: { 'grad/finite-differences': { reason: stopped, backbones: ['dnn, batch norm and dropout'] } },
});
