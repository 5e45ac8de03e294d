import { checkPlugin } from '@mdctr/testkit';
import { Apg } from '../src/index.js';

// Adam moves a product of inner width 64 by far more than its parts, too much for the large steps of a short check.
const small = { rank: 5, overParameterization: 5 };
const fields = { rank: 3, overParameterization: 4, condition: 'fields', fields: ['user', 'position'] };

checkPlugin(Apg, {
  entry: { module: '@mdctr/apg', from: import.meta.url },
  pairs: process.env.MDCTR_PAIRS === 'all' ? 'all' : 'some',
  variants: {
    'over-parameterised': small,
    'not over-parameterised': { rank: 4, overParameterization: 0, generatedBias: true },
    'everything generated': { rank: 2, sharedFactors: false, generatedBias: true },
    fields,
    'fields, sum': { ...fields, aggregation: 'sum', hyperUnits: [8] },
    'fields, attention': { ...fields, aggregation: 'attention', generatedBias: true },
    input: { ...small, condition: 'input' },
  },
  invalid: [{ rank: 0 }, { condition: 'user' }, { overParameterization: -1 }, { fields: ['user', 'user'] }],
  identity: { none: 'the kernels of the backbone are not made: other parameters take their place' },
});
