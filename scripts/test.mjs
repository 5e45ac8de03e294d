// The tests: builds, sets TensorFlow up (with progress, once), runs vitest, and counts from its own report. Without arguments all
// but the long ones (`long` in vitest.config.ts), with --long those, with paths the files that they name.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, run } from './run.mjs';

build();
// A set-up that fails is a warning and a slower backend, never a reason not to test.
run('packages/cli/dist/bin.js', ['doctor']);

const folder = mkdtempSync(join(tmpdir(), 'mdctr-test-'));
const report = join(folder, 'report.json');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const args = process.argv.slice(2);
const project = args.includes('--long') ? ['--project=long'] : args.length === 0 ? ['--project=!long'] : [];
let code = run(vitest, [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...project,
  ...args.filter((arg) => arg !== '--long'),
]);
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that does not even load has no tests to count, but it has failed.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  console.log(
    `${numPassedTests} passed, ${numFailedTests + brokenFiles} failed, ${numPendingTests + numTodoTests} skipped`,
  );
} catch {
  console.log('0 passed, 1 failed, 0 skipped');
  code ||= 1;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
