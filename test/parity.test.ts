import { describe, it } from 'vitest';
import { checkParity } from './parity/check-parity.js';
import { casesOf } from './parity/fixtures.js';
import './support.js';

// Made by parity/generate.py; docs/parity.md says what is compared.
for (const group of ['backbones', 'optimizers', 'adasparse', 'star', 'apg']) {
  const { torch, cases } = await casesOf(group);
  describe(`parity with PyTorch ${torch}: ${group}`, () => {
    it.each(cases)('$name', (fixture) => checkParity(fixture));
  });
}
