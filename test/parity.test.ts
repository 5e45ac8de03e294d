import { Registry } from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as apg from '@mdctr/apg';
import * as backbones from '@mdctr/backbones';
import * as maml from '@mdctr/maml';
import * as perDomain from '@mdctr/per-domain';
import * as star from '@mdctr/star';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { describe, it } from 'vitest';
import { compareWithTorch } from './parity/compare.js';
import { readFixtures } from './parity/fixtures.js';

// Fixtures are made by parity/generate.py; see docs/parity.md.
await ensureRuntime({ report: silentReport });

const registry = new Registry();
registry.addModule(backbones, '@mdctr/backbones');
registry.addModule(adasparse, '@mdctr/adasparse');
registry.addModule(apg, '@mdctr/apg');
registry.addModule(maml, '@mdctr/maml');
registry.addModule(perDomain, '@mdctr/per-domain');
registry.addModule(star, '@mdctr/star');

for (const group of ['backbones', 'optimizers', 'adasparse', 'star', 'apg', 'maml', 'per-domain']) {
  const fixtures = await readFixtures(group);
  describe(`parity with PyTorch: ${group}`, () => {
    it.each(fixtures)('$name', (fixture) => compareWithTorch(fixture, registry));
  });
}
