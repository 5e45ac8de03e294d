import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/command.js';

/** Thrown where packages have to be fetched and no registry answers. */
export class NoRegistry extends Error {}

/** Packs packages into `folder`; gives the tarballs by package name. */
export function pack(packages: readonly string[], folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    packages.map((directory) => {
      const { name } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { name: string };
      const printed = pnpm(['pack', '--json', '--pack-destination', folder], directory);
      const { filename } = JSON.parse(printed.slice(printed.indexOf('{'))) as { filename: string };
      return [name, filename];
    }),
  );
}

/**
 * Makes a project that depends on these tarballs and on vitest, and installs it: from pnpm's store where that has
 * everything, else from the registry.
 * @throws NoRegistry
 */
export function install(project: string, tarballs: Readonly<Record<string, string>>): void {
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]));
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    catalog: Record<string, string>;
  };
  const devDependencies = { ...files, vite: catalog.vite, vitest: catalog.vitest };
  const manifest = { name: 'outside', private: true, type: 'module', devDependencies };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  // Our packages are not on a registry: wherever one of them asks for another, it gets the tarball.
  writeFileSync(join(project, 'pnpm-workspace.yaml'), JSON.stringify({ packages: ['.'], overrides: files }));
  const args = ['install', '--ignore-scripts', '--no-frozen-lockfile', '--config.confirmModulesPurge=false'];
  try {
    pnpm([...args, '--offline'], project);
  } catch {
    pnpm([...args, '--prefer-offline', '--fetch-retries=1', '--fetch-timeout=300000'], project);
  }
}

/** Runs a command and gives what it printed. @throws Error with its output if it fails. */
export function run(command: string, args: readonly string[], cwd: string): string {
  // A vitest inside a vitest must not take itself for a worker of the outer one, nor see its source condition.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(VITEST|NODE_OPTIONS$|NODE_ENV$|npm_(?!config_))/.test(key)),
  );
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status === 0) return stdout;
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  const network =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_FETCH/;
  if (network.test(output)) throw new NoRegistry(network.exec(output)![0]);
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`);
}

/** The pnpm that runs this, else the version that the repository names. */
function pnpm(args: readonly string[], cwd: string): string {
  const npmPath = process.env.npm_execpath;
  if (npmPath && /pnpm/.test(npmPath)) return run(process.execPath, [npmPath, ...args], cwd);
  return run('npx', ['-y', 'pnpm@10', ...args], cwd);
}

/** Folders of all packages that are published. */
export const publishedFolders = (): string[] =>
  ['packages', 'plugins'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => join(root, group, name))
      .filter((folder) => existsSync(join(folder, 'package.json'))),
  );

/** Packs all of them, and the example of a third-party plugin, into an empty folder; gives the tarballs by package name. */
export function packPublished(folder: string): Record<string, string> {
  const filters = ['packages/*', 'plugins/*', 'examples/third-party-plugin'].flatMap((of) => ['--filter', `./${of}`]);
  pnpm(['-r', ...filters, 'pack', '--pack-destination', folder], root);
  const files = readdirSync(folder).map((name) => join(folder, name));
  return Object.fromEntries(files.map((file) => [contentOf<{ name: string }>(file).manifest.name, file]));
}

/** Names of the files in a tarball, and its package.json. */
export function contentOf<T>(tarball: string): { files: string[]; manifest: T } {
  const here = dirname(tarball);
  const files = run('tar', ['-tzf', tarball], here).trim().split('\n');
  const manifest = JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json'], here)) as T;
  return { files: files.map((name) => name.replace(/^package\//, '')), manifest };
}
