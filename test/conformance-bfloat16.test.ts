import { AdaSparse } from '@mdctr/adasparse';
import { Apg } from '@mdctr/apg';
import { Dnn } from '@mdctr/backbones';
import { Maml } from '@mdctr/maml';
import { PerDomain } from '@mdctr/per-domain';
import { Star } from '@mdctr/star';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { builtinBackbones, checkBackbone, checkPlugin } from '@mdctr/testkit';

// The testkit with dense layers that multiply in bfloat16 (on a CPU where that is no faster, in float32): one variant of each
// unit, its promises as in the unit's own conformance test.
await ensureRuntime({ precision: 'bfloat16', report: silentReport });

const backbones = builtinBackbones.filter(({ label }) => label === 'dnn');
const unseen = 'rows of an unseen domain are scored by the mean of all networks';

checkBackbone(Dnn, { variants: { relu: { hiddenUnits: [6, 5] } }, smooth: { activation: 'tanh' } });
checkPlugin(AdaSparse, {
  backbones,
  variants: { fusion: { prunerUnits: [3] } },
  identity: { options: {}, holds: 'start' },
  expectedFailures: {
    'grad/penalty-finite-differences': 'the value counts cut neurons, the gradient is that of a soft share',
  },
});
checkPlugin(Apg, {
  backbones,
  variants: { 'over-parameterised': { rank: 5, overParameterization: 5 } },
  identity: { none: 'the kernels of the backbone are not made: other parameters take their place' },
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
checkPlugin(PerDomain, {
  backbones,
  identity: { options: {}, holds: 'start', tolerance: 0.02 },
  perDomain: ['*/domain-{d}/**'],
  expectedFailures: {
    'domains/trains-own-parameters-only': unseen,
    'domains/reads-own-parameters-only': unseen,
  },
});
checkPlugin(Maml, {
  backbones,
  variants: { 'first order': { innerRate: 0.02, evaluation: { steps: 1, batchSize: 32 } } },
  identity: { options: { innerSteps: 0, evaluation: { steps: 0 } }, holds: 'training' },
});
