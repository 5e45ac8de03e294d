import { checkBackbone } from '@mdctr/testkit';
import { UnitName } from '../src/unit-name.js';

// Every promise of a backbone; each variant is a set of options that is checked. Small widths keep it short.
checkBackbone(UnitName, {
  entry: { module: 'package-name', from: import.meta.url },
  variants: { defaults: { hiddenUnits: [6, 5] }, 'without skip': { hiddenUnits: [6, 5], skip: false } },
  invalid: [{ hiddenUnits: [] }, { skip: 1 }],
  smooth: { activation: 'tanh' },
});
