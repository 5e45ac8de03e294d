// Tarballs of all packages that are published, as a release makes them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

/**
 * Packs all packages and the example of a third-party plugin into a folder; by pnpm, because npm would leave references
 * to the workspace in them. Gives the tarballs' paths.
 */
export function packAll(folder) {
  mkdirSync(folder, { recursive: true });
  const filters = ['packages/*', 'plugins/*', 'examples/third-party-plugin'].flatMap((of) => ['--filter', `./${of}`]);
  const args = ['-r', ...filters, '--workspace-concurrency=4', 'pack', '--pack-destination', folder];
  const npmPath = process.env.npm_execpath ?? '';
  const [program, before] = /pnpm/.test(npmPath) ? [process.execPath, [npmPath]] : ['npx', ['-y', 'pnpm@10']];
  const { status, stdout, stderr, error } = spawnSync(program, [...before, ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`The packages cannot be packed:\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  return tarballsOf(folder);
}

/** Paths of the tarballs in a folder. */
export const tarballsOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name));

/** The package.json in a tarball. */
export function manifestOf(tarball) {
  const { status, stdout, stderr } = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tarball}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Version of our packages; they have one. */
export const version = () => JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version;
