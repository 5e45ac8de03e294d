import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mutants } from './mutants/index.mjs';

it('mutants change a text that stands once in its file', () => {
  const wrong = mutants.filter(
    ({ file, text }) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split(text).length !== 2,
  );
  expect(wrong).toEqual([]);
});

// Slow (minutes), so on request only: MDCTR_MUTANTS=1 pnpm exec vitest run test/parity/mutants.test.ts
it.runIf(process.env.MDCTR_MUTANTS)(
  'parity tests notice two small mistakes in every group',
  () => {
    const script = fileURLToPath(new URL('./mutate.mjs', import.meta.url));
    execFileSync(process.execPath, [script, '--short'], { stdio: 'inherit' });
  },
  30 * 60_000,
);
