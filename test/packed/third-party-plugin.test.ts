import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../support/command.js';
import { install, NoRegistry, pack, run } from './packages.js';

/** What the plugin's project needs of ours; everything else comes from the registry, or from pnpm's store. */
const packages = ['base', 'tensor', 'core', 'backbones', 'metrics', 'training', 'testkit'];
const example = join(root, 'examples/third-party-plugin');
const built = existsSync(join(example, 'dist/index.js'));

describe('a plugin installed from a tarball, in a project outside this repository (skipped where nothing is built)', () => {
  const project = temporaryFolder();
  let tarballs: Record<string, string> = {};
  let offline: string | undefined;

  beforeAll(() => {
    if (!built) return;
    cpSync(join(example, 'vitest.config.ts'), join(project, 'vitest.config.ts'));
    cpSync(join(example, 'test'), join(project, 'test'), { recursive: true });
    const test = join(project, 'test/conformance.test.ts');
    writeFileSync(test, readFileSync(test, 'utf8').replace('../src/index.js', 'mdctr-plugin-lhuc'));
    try {
      tarballs = pack([...packages.map((name) => join(root, 'packages', name)), example], join(project, 'tarballs'));
      install(project, tarballs);
    } catch (error) {
      if (!(error instanceof NoRegistry)) throw error;
      offline = error.message;
    }
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.skipIf(!built)('packs without references to the workspace', ({ skip }) => {
    if (Object.keys(tarballs).length === 0) skip(`pnpm cannot be run: ${offline}`);
    expect(Object.keys(tarballs).sort()).toEqual(
      [...packages.map((name) => `@mdctr/${name}`), 'mdctr-plugin-lhuc'].sort(),
    );
    for (const tarball of Object.values(tarballs)) {
      const manifest = run('tar', ['-xzOf', tarball, 'package/package.json'], project);
      expect(manifest).not.toMatch(/"(workspace|catalog):/);
      expect(run('tar', ['-tzf', tarball], project)).toContain('package/dist/index.js');
    }
  });

  it.skipIf(!built)('passes the testkit on the built-in backbones', ({ skip }) => {
    if (offline !== undefined) skip(`no registry can be reached: ${offline}`);
    expect(readdirSync(join(project, 'node_modules'))).toContain('mdctr-plugin-lhuc');
    const tests = 'declaration|(dnn|dcnv2) with lhuc \\(defaults';
    run(
      process.execPath,
      // Not all shapes of the backbones: the same checks of the same plugin run in its own folder too.
      ['node_modules/vitest/vitest.mjs', 'run', '-t', tests, '--reporter=json', '--outputFile=report.json'],
      project,
    );
    const report = JSON.parse(readFileSync(join(project, 'report.json'), 'utf8')) as {
      success: boolean;
      numPassedTests: number;
      testResults: { assertionResults: { ancestorTitles: string[]; status: string }[] }[];
    };
    expect(report.success).toBe(true);
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const passedOn = (group: string): number =>
      results.filter(({ ancestorTitles, status }) => ancestorTitles[1] === group && status === 'passed').length;
    expect(passedOn('declaration')).toBe(6);
    for (const backbone of ['dnn', 'dcnv2']) expect(passedOn(`${backbone} with lhuc (defaults)`)).toBeGreaterThan(15);
  });
});
