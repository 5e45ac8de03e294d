import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { describe, it } from 'vitest';
import { compareWithTorch } from './compare.js';
import { readFixtures } from './fixtures.js';
import { builtinRegistry } from '../support/registry.js';

// Fixtures are made by parity/generate.py; see docs/project/parity.md.
await ensureRuntime({ report: silentReport });

const registry = builtinRegistry();

for (const group of ['backbones', 'optimizers', 'adasparse', 'star', 'apg', 'maml', 'per-domain', 'pooling']) {
  const fixtures = await readFixtures(group);
  describe(`parity with PyTorch: ${group}`, () => {
    it.each(fixtures)('$name', (fixture) => compareWithTorch(fixture, registry));
  });
}
