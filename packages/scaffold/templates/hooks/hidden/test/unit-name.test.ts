import { checkPlugin } from '@mdctr/testkit';
import { UnitName } from '../src/unit-name.js';

// Every promise of a plugin, on every built-in backbone; each variant is a set of options that is checked.
checkPlugin(UnitName, {
  entry: { module: 'package-name', from: import.meta.url },
  variants: { defaults: {}, weak: { strength: 0.1 } },
  invalid: [{ strength: 2 }],
  identity: { options: {}, holds: 'start' }, // untrained, it is the plain backbone bit for bit
});
