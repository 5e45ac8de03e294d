import { defineConfig } from 'vitest/config';

export default defineConfig({
  // @Plugin and @Backbone are decorators of the kind that tsconfig.json calls experimental.
  oxc: { decorator: { legacy: true } },
  // TensorFlow keeps state for the whole process: one process a test file.
  test: { include: ['test/**/*.test.ts'], pool: 'forks', testTimeout: 10 * 60_000 },
});
