import { DcnV2, Dnn } from '@mdctr/backbones';
import { checkBackbone } from '../src/index.js';

// Here and not beside the backbones: the testkit tries plugins on them, and packages that need one another are a circle.
const tower = { hiddenUnits: [6, 5] };
const smooth = { activation: 'tanh', dropout: 0 };
const entry = { module: '@mdctr/backbones', from: import.meta.url };

checkBackbone(Dnn, {
  entry,
  smooth,
  variants: {
    plain: tower,
    'batch norm and dropout': { ...tower, batchNorm: true, dropout: 0.2 },
    'one layer': { hiddenUnits: [4], activation: 'silu' },
  },
  invalid: [{ hiddenUnits: [] }, { hiddenUnits: [0] }, { dropout: 1 }, { activation: 'step' }],
});

checkBackbone(DcnV2, {
  entry,
  smooth,
  variants: {
    parallel: { ...tower, crossLayers: 2 },
    stacked: { ...tower, crossLayers: 1, structure: 'stacked' },
    'low rank': { ...tower, crossLayers: 2, rank: 2, experts: 2 },
    'low rank, one expert, stacked, batch norm and dropout': {
      ...tower,
      structure: 'stacked',
      rank: 2,
      experts: 1,
      batchNorm: true,
      dropout: 0.1,
    },
  },
  invalid: [{ structure: 'beside' }, { rank: -1 }, { crossLayers: 0 }],
});
