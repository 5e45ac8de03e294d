import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a script of this checkout with node; returns its exit code. */
export function run(script, args, options = {}) {
  const { status, signal } = spawnSync(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  if (signal) process.kill(process.pid, signal);
  return status ?? 1;
}

/** Compiles what has changed since the last time; ends the process if it does not compile. */
export function compile() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const status = run(tsc, ['-b']);
  if (status !== 0) process.exit(status);
}

/** Compiles, bundles and copies what has changed since the last time; ends the process if it does not compile. */
export function build() {
  compile();
  const status = run('scripts/build/assets.mjs', []);
  if (status !== 0) process.exit(status);
}
