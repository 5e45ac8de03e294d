import { Registry } from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as backbones from '@mdctr/backbones';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { describe, it } from 'vitest';
import { compareWithTorch } from './parity/compare.js';
import { readFixtures } from './parity/fixtures.js';

// Fixtures are made by parity/generate.py; see docs/parity.md.
await ensureRuntime({ report: silentReport });

const registry = new Registry();
registry.addModule(backbones, '@mdctr/backbones');
registry.addModule(adasparse, '@mdctr/adasparse');

for (const group of ['backbones', 'optimizers', 'adasparse']) {
  const fixtures = await readFixtures(group);
  describe(`parity with PyTorch: ${group}`, () => {
    it.each(fixtures)('$name', (fixture) => compareWithTorch(fixture, registry));
  });
}
