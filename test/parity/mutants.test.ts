import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';

// Slow (minutes), so on request only: MDCTR_MUTANTS=1 pnpm exec vitest run test/parity/mutants.test.ts
it.runIf(process.env.MDCTR_MUTANTS)(
  'parity tests notice two small mistakes in every group',
  () => {
    const script = fileURLToPath(new URL('./mutate.mjs', import.meta.url));
    execFileSync(process.execPath, [script, '--short'], { stdio: 'inherit' });
  },
  30 * 60_000,
);
