import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILT_IN_NAMES } from '@mdctr/scaffold';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, root, temporaryFolder } from '../support/command.js';
import { builtinRegistry } from '../support/registry.js';
import { NoRegistry, pack, run } from './packages.js';

const built = existsSync(join(root, 'packages/create-mdctr-plugin/dist/bin.js'));
const page = readFileSync(join(root, 'docs/start/first-plugin.md'), 'utf8');
/** The page's block of code in a language. */
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)![1]!;

/** Makes `to` a link to a folder, and the folders above it. */
function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(realpathSync(from), to);
}

it('the scaffold knows every name that is taken', () => {
  const names = new Set(
    builtinRegistry()
      .list()
      .map(({ name }) => name),
  );
  expect([...BUILT_IN_NAMES].sort()).toEqual([...names].sort());
});

describe('docs/start/first-plugin.md, with create-mdctr-plugin from its tarball (skipped where nothing is built)', () => {
  const folder = temporaryFolder();
  const project = join(folder, 'mdctr-plugin-weekday-scale');
  let offline: string | undefined;

  beforeAll(() => {
    if (!built) return;
    const packages = ['base', 'scaffold', 'create-mdctr-plugin'].map((name) => join(root, 'packages', name));
    const creator = join(folder, 'creator');
    try {
      for (const [name, tarball] of Object.entries(pack(packages, join(folder, 'tarballs')))) {
        const target = join(creator, 'node_modules', name);
        mkdirSync(target, { recursive: true });
        run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target], folder);
      }
    } catch (error) {
      if (!(error instanceof NoRegistry)) throw error;
      offline = error.message;
      return;
    }
    for (const name of ['@clack/prompts', 'commander', 'picomatch', 'validate-npm-package-name', 'yaml'])
      link(join(root, 'packages/scaffold/node_modules', name), join(creator, 'node_modules', name));
    for (const name of ['fastest-levenshtein', 'pure-rand'])
      link(join(root, 'packages/base/node_modules', name), join(creator, 'node_modules', name));
    const create = join(creator, 'node_modules/create-mdctr-plugin/dist/bin.js');
    run(process.execPath, [create, 'weekday-scale', '--yes'], folder);
    // What `npm install` would bring.
    for (const name of ['core', 'tensor', 'testkit'])
      link(join(root, 'packages', name), join(project, 'node_modules/@mdctr', name));
    for (const name of ['@types/node', 'typescript', 'vite', 'vitest'])
      link(join(root, 'node_modules', name), join(project, 'node_modules', name));
    link(join(root, 'packages/core/node_modules/typebox'), join(project, 'node_modules/typebox'));
    writeFileSync(join(project, 'src/weekday-scale.ts'), block('ts'));
    writeFileSync(join(project, 'log-study.json'), block('json'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!built)('the plugin of the page builds, and keeps its promises', ({ skip }) => {
    if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
    run(process.execPath, ['node_modules/typescript/bin/tsc'], project);
    // On one backbone, with one set of options: conformance as such is tested elsewhere.
    const some = ['-t', 'declaration|dnn with weekday-scale \\(defaults\\)'];
    const json = ['--reporter=json', '--outputFile=report.json'];
    run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...some, ...json], project);
    const { numPassedTests } = JSON.parse(readFileSync(join(project, 'report.json'), 'utf8')) as {
      numPassedTests: number;
    };
    expect(numPassedTests).toBeGreaterThan(20);
  });

  it.skipIf(!built)('the study of the page compares it on a log by position and weekday', ({ skip }) => {
    if (offline !== undefined) skip(`pnpm cannot be run: ${offline}`);
    const lines = Array.from({ length: 1400 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString().slice(0, 19);
      return `${time},${'ab'[i % 2]},u${i % 37},i${i % 11},${(i * 7) % 5 < 2 ? 1 : 0}`;
    });
    writeFileSync(join(project, 'log.csv'), ['timestamp,position,user,item,click', ...lines, ''].join('\n'));
    const small = ['--set', 'training.epochs=1', '--set', 'seeds=[1]', '--set', 'backbones=["dnn"]', '--no-cache'];
    const printed = run(process.execPath, [bin, 'bench', 'log-study.json', ...small, '--out', 'out'], project);
    for (const method of ['plain', 'adasparse', 'weekday-scale'])
      expect(printed).toMatch(new RegExp(`^dnn +${method} `, 'm'));
    expect(readFileSync(join(project, 'out/results.json'), 'utf8')).toContain('a x Monday');
  });
});
