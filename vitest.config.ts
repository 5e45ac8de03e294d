import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Packages run from source: no build needed, and one copy of each module whatever imports it.
  resolve: { conditions: ['mdctr-source'] },
  ssr: { resolve: { conditions: ['mdctr-source', 'node', 'import', 'module', 'default'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'plugins/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // The TensorFlow addon keeps state for the whole process: one process a test file.
    pool: 'forks',
    // Half of the time goes to commands that are started and waited for; a core left over would idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
