import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  // The TensorFlow addon keeps state for the whole process: one process a test file.
  test: { include: ['test/**/*.test.ts'], pool: 'forks', testTimeout: 10 * 60_000 },
});
