import { AdaSparse } from '@mdctr/adasparse';
import { Dnn } from '@mdctr/backbones';
import { Star } from '@mdctr/star';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { builtinBackbones, checkBackbone, checkPlugin } from '@mdctr/testkit';

// The testkit with dense layers that multiply in bfloat16 (on a CPU where that is no faster, in float32): one variant of
// units whose products are their own, with the promises of their own conformance tests.
await ensureRuntime({ precision: 'bfloat16', report: silentReport });

const backbones = builtinBackbones.filter(({ label }) => label === 'dnn');

checkBackbone(Dnn, { variants: { relu: { hiddenUnits: [6, 5] } }, smooth: { activation: 'tanh' } });
checkPlugin(AdaSparse, {
  backbones,
  variants: { fusion: { pruner: { units: [3] } } },
  identity: { options: { pruner: { initStd: 0 } }, holds: 'start' },
  expectedFailures: {
    'grad/penalty-finite-differences': 'the value counts cut neurons, the gradient is that of a soft share',
  },
});
checkPlugin(Star, {
  backbones,
  variants: { full: { auxiliary: { hiddenUnits: [3] } } },
  identity: {
    options: { layers: ['deep', 'cross', 'logit'], normalization: 'none', auxiliary: { enabled: false } },
    holds: 'start',
    tolerance: 0.02,
  },
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
    'domains/reads-own-parameters-only':
      'rows of an unseen domain are normalised with the mean of all domains’ statistics',
  },
});
