import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../support/command.js';
import { contentOf, NoRegistry, packPublished, publishedFolders } from './packages.js';

const built = existsSync(join(root, 'packages/cli/dist/bin.js'));
const folders = publishedFolders();
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** What nobody needs who installs a package. */
const UNWANTED = /(^|\/)(\.test|\.templates|test|node_modules)\/|\.tsbuildinfo$|(^|\/)tsconfig|\.DS_Store/;

/** Ways to resolve types that packages of ES modules do not serve. */
const NOT_ESM = ['node10', 'node16-cjs'];

describe('every published package, from its tarball (skipped where nothing is built)', () => {
  const folder = temporaryFolder();
  let tarballs: Readonly<Record<string, string>> = {};
  let offline: string | undefined;

  beforeAll(() => {
    if (!built) return;
    try {
      tarballs = packPublished(folder);
    } catch (error) {
      if (!(error instanceof NoRegistry)) throw error;
      offline = error.message;
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(folders.map((path) => [manifestIn(path).name, path] as const))('%s', (name, path) => {
    it.skipIf(!built)('holds what it should, and nothing else', ({ skip }) => {
      if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
      const { files, manifest } = contentOf<Manifest>(tarballs[name]!);
      for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) expect(files).toContain(file);
      expect(files.filter((file) => UNWANTED.test(file) && !file.startsWith('templates/'))).toEqual([]);
      expect(JSON.stringify(manifest)).not.toMatch(/"(workspace|catalog):/);
      expect(manifest.publishConfig).toEqual({ access: 'public' });
      expect(manifest.keywords).toContain('mdctr');
      // Source maps point into src.
      for (const file of files.filter((one) => /^src\/.*\.ts$/.test(one)).slice(0, 1))
        expect(files).toContain(file.replace(/^src\/(.*)\.ts$/, 'dist/$1.js.map'));
      const log = readFileSync(join(path, 'CHANGELOG.md'), 'utf8');
      expect(log.split('\n')[0]).toBe(`# ${name}`);
      expect(log).toContain(`## ${manifest.version}`);
      expect(readFileSync(join(path, 'README.md'), 'utf8').split('\n')[0]).toBe(`# ${name}`);
    });

    it.skipIf(!built)(
      'is what package managers and TypeScript expect (publint, are the types wrong)',
      async ({ skip }) => {
        if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
        const content = readFileSync(tarballs[name]!);
        const tarball = content.buffer.slice(
          content.byteOffset,
          content.byteOffset + content.byteLength,
        ) as ArrayBuffer;
        const { messages } = await publint({ pack: { tarball }, strict: true });
        // The scaffold's templates are packages that are not there yet.
        const told = messages.filter(
          ({ args }) => !String((args as { filePath?: string }).filePath).startsWith('./templates/'),
        );
        expect(told).toEqual([]);
        const types = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), {
          excludeEntrypoints: ['./package.json'],
        });
        if (!types.types) throw new Error('There are no types.');
        const wrong = types.problems.filter(
          (problem) => !('resolutionKind' in problem && NOT_ESM.includes(problem.resolutionKind)),
        );
        expect(wrong).toEqual([]);
      },
    );
  });

  it.skipIf(!built)('what the build adds is in the tarballs, and no package has an install script', ({ skip }) => {
    if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
    const filesOf = (name: string): string[] => contentOf(tarballs[name]!).files;
    expect(filesOf('mdctr')).toContain('dist/quickstart/study.json');
    expect(filesOf('@mdctr/report-html')).toEqual(expect.arrayContaining(['dist/client.min.js', 'NOTICE.md']));
    const vendored = ['NOTICE.md', 'dist/register_all_kernels.js', 'dist/kernels/Add.js', 'binding/tfjs_backend.cc'];
    expect(filesOf('@mdctr/tensor')).toEqual(
      expect.arrayContaining(vendored.map((file) => `vendor/tfjs-node/${file}`)),
    );
    for (const tarball of Object.values(tarballs)) {
      const { scripts = {}, dependencies = {} } = contentOf<Record<string, object>>(tarball).manifest;
      for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
        expect(scripts).not.toHaveProperty(script);
      expect(dependencies).not.toHaveProperty('@tensorflow/tfjs-node');
    }
  });

  it('packages have one version', () => {
    expect(new Set(folders.map((path) => manifestIn(path).version)).size).toBe(1);
  });

  it('what extends core has it as a peer, so that a project holds one copy', () => {
    const extending = folders.filter((path) => /\/(plugins\/[^/]+|packages\/(backbones|testkit))$/.test(path));
    for (const path of extending) {
      const { dependencies = {}, peerDependencies } = manifestIn(path) as unknown as Record<string, object>;
      const contract = { '@mdctr/core': 'workspace:^', '@mdctr/tensor': 'workspace:^' };
      expect(peerDependencies).toMatchObject(contract);
      expect(Object.keys(dependencies)).not.toEqual(expect.arrayContaining(['@mdctr/core']));
      expect(Object.keys(dependencies)).not.toEqual(expect.arrayContaining(['@mdctr/tensor']));
    }
  });

  it.skipIf(!built)(
    'npm installs them into an empty project, whose mdctr runs the quickstart and a study with plugins',
    ({ skip }) => {
      if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
      const cell = ['--manager', 'npm', '--node', 'current', '--shared-caches', '--tarballs', folder];
      const script = join(root, 'test/packed/install-matrix.mjs');
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...cell], { encoding: 'utf8' });
      if (status === 75) skip(stdout.trim());
      expect(`${stdout}${stderr}`).toContain('passed');
      expect(status).toBe(0);
    },
  );
});
