import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Files that leave a process as they found it: they run one after the other in the same ones, which load our packages and
 * TensorFlow once (1 s of CPU a file). What sets up TensorFlow in a way of its own, or watches it, has a process to itself.
 */
const together = [
  'packages/{backbones,base,baselines,cli,core,data,inspect,metrics,migrate,report,search,statistics,study,training}/test/**/*.test.ts',
  'plugins/*/test/**/*.test.ts',
  'test/contract/**/*.test.ts',
  'test/messages/{artifact,config,data,dev,inspect,profile,report,search,study}.test.ts',
  'test/repository/*.test.ts',
  'test/commands/{artifact,convert,data,discovery,inspect}.test.ts',
  'test/docs/blocks.test.ts',
  'test/recipes/recipes.test.ts',
];

/**
 * Files that take long, because they start many commands, kill them, install packages, or check many variants. `pnpm test` leaves them to
 * `pnpm test --long`; .ci/run runs both.
 */
const long = [
  'plugins/{apg,maml}/test/conformance.test.ts',
  'plugins/maml/test/adapted.test.ts',
  'test/{examples,packed}/*.test.ts',
  'test/commands/{dev,kill,library,profile,resume,studies,study-running}.test.ts',
];

export default defineConfig({
  // Packages run from source: no build needed, and one copy of each module whatever imports it.
  resolve: { conditions: ['mdctr-source'] },
  ssr: { resolve: { conditions: ['mdctr-source', 'node', 'import', 'module', 'default'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    globalSetup: fileURLToPath(new URL('test/support/temporary-files.ts', import.meta.url)),
    // The TensorFlow addon keeps state for the whole process: no threads.
    pool: 'forks',
    // Half of the time goes to commands that are started and waited for; a core left over would idle.
    maxWorkers: '100%',
    // For what hangs: a slow machine is no mistake.
    testTimeout: 15 * 60_000,
    hookTimeout: 15 * 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: [
            'packages/*/test/**/*.test.ts',
            'plugins/*/test/**/*.test.ts',
            'examples/*/test/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...together, ...long],
        },
      },
      { extends: true, test: { name: 'together', include: together, exclude: long, isolate: false } },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});
