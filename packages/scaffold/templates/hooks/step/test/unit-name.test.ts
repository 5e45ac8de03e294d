import { checkPlugin } from '@mdctr/testkit';
import { UnitName } from '../src/unit-name.js';

// Every promise of a plugin, on every built-in backbone; each variant is a set of options that is checked.
checkPlugin(UnitName, {
  entry: { module: 'package-name', from: import.meta.url },
  variants: { defaults: {}, 'from the start': { from: 0 } },
  invalid: [{ from: -1 }],
  identity: { options: { from: 1_000_000 }, holds: 'training' }, // with this option it trains as the plain backbone, bit for bit
});
