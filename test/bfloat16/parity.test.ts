import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { describe, it } from 'vitest';
import { compareWithTorch, type Tolerance } from '../parity/compare.js';
import { readFixtures } from '../parity/fixtures.js';
import { builtinRegistry } from '../support/registry.js';

// The cases of parity.test.ts with products in bfloat16, whose numbers have 8 bits: each is off by up to 1 in 256. On a CPU
// that multiplies bfloat16 no faster they run in float32.
const { multiplies } = await ensureRuntime({ precision: 'bfloat16', report: silentReport });
const TOLERANCE: Tolerance = { outputs: 0.02, losses: 0.03, gradients: 0.1, weights: 0.1 };

const registry = builtinRegistry();

for (const group of ['backbones', 'adasparse', 'star', 'apg', 'per-domain']) {
  const fixtures = await readFixtures(group);
  describe(`parity with PyTorch in bfloat16 (${multiplies ?? 'as TensorFlow does'}): ${group}`, () => {
    it.each(fixtures)('$name', (fixture) => compareWithTorch(fixture, registry, TOLERANCE));
  });
}
