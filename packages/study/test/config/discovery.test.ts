import { MdctrError } from '@mdctr/base';
import { loadConfig, loadNamedPackages, loadPackages, packageIdentity } from '@mdctr/config';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Registry } from '@mdctr/core';
import { Gate, Shift, Tower } from '../../../config/test/fixtures.js';
import { unitPlaces } from '../../src/config/kind.js';

/** A folder with these files in it. */
function folderOf(files: Readonly<Record<string, string | object>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mdctr-core-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Source of a module that exports units, declared as a decorator would. */
const source = (...units: (string | [string, string])[]): string =>
  units
    .map((unit, i) => {
      const [kind, name] = typeof unit === 'string' ? ['plugin', unit] : unit;
      const value = { kind, name, options: { type: 'object', properties: {} }, apiVersion: 1 };
      return `export class C${i} {}\nObject.defineProperty(C${i}, Symbol.for('mdctr.unit'), { value: ${JSON.stringify(value)} });\n`;
    })
    .join('');

const builtins = (): Registry => new Registry().add(Tower, 'pack').add(Gate, 'pack').add(Shift, 'pack');

async function load(folder: string, file = 'config.json', set: string[] = []) {
  const written = loadConfig(join(folder, file), { set });
  const { document, requests } = await loadNamedPackages(builtins(), written, unitPlaces(written));
  return { value: document.value() as Record<string, unknown>, document, requests };
}

const failure = async (promise: Promise<unknown>): Promise<MdctrError> =>
  promise.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error as MdctrError,
  );

describe('packages named in place of units', () => {
  it('are loaded, and the config has the units’ own names and the packages', async () => {
    const folder = folderOf({
      'mine.mjs': source('mine'),
      'net.mjs': source(['backbone', 'net'], 'beside'),
      'node_modules/@acme/mdctr-plugin-far/package.json': { name: '@acme/mdctr-plugin-far', main: 'main.mjs' },
      'node_modules/@acme/mdctr-plugin-far/main.mjs': source('far', 'away'),
      'config.json': {
        backbone: './net.mjs',
        plugins: ['gate', 'pack>shift', { name: './mine.mjs', rate: 1 }, '@acme/mdctr-plugin-far>away'],
      },
    });
    const { value } = await load(folder);
    expect(value).toEqual({
      backbone: 'net',
      plugins: ['gate', 'shift', { name: 'mine', rate: 1 }, 'away'],
      packages: ['./net.mjs', './mine.mjs', '@acme/mdctr-plugin-far'],
    });
  });

  it('are those of a study too', async () => {
    const folder = folderOf({
      'mine.mjs': source('mine'),
      'net.mjs': source(['backbone', 'net']),
      'both.mjs': source('left', 'right'),
      'config.json': {
        packages: ['./mine.mjs', './both.mjs'],
        backbones: ['tower', { name: './net.mjs', label: 'a net' }],
        methods: [{ label: 'm', plugins: ['./mine.mjs'] }],
      },
    });
    const { value } = await load(folder);
    expect(value.backbones).toEqual(['tower', { name: 'net', label: 'a net' }]);
    expect(value.methods).toEqual([{ label: 'm', plugins: ['mine'] }]);
    expect(value.packages).toEqual(['./mine.mjs', './both.mjs', './net.mjs']);
  });

  it('resolve from the file that they stand in, and with --set from the working directory', async () => {
    const folder = folderOf({
      'base/mine.mjs': source('mine'),
      'base/base.json': { plugins: ['./mine.mjs'] },
      'config.json': { extends: 'base/base.json', backbone: 'tower' },
      'node_modules/mdctr-plugin-near/package.json': { name: 'mdctr-plugin-near', exports: './main.mjs' },
      'node_modules/mdctr-plugin-near/main.mjs': source('near'),
    });
    const { document, value } = await load(folder);
    expect(value.plugins).toEqual(['mine']);
    expect(document.resolvePath(['packages', 0], './mine.mjs')).toBe(join(folder, 'base/mine.mjs'));
    const set = await load(folder, 'config.json', ['plugins=["mdctr-plugin-near"]']);
    expect(set.value.plugins).toEqual(['near']);
    const error = await failure(load(folder, 'config.json', ['plugins=["./base/mine.mjs"]']));
    expect(error.details.found).toBe(join(process.cwd(), 'base/mine.mjs'));
  });

  it('are recognised under a bare name by a keyword, and otherwise left to validation', async () => {
    const folder = folderOf({
      'node_modules/gatekeeper/package.json': { name: 'gatekeeper', main: 'm.mjs', keywords: ['mdctr-plugin'] },
      'node_modules/gatekeeper/m.mjs': source('keeper'),
      'node_modules/lodash/package.json': { name: 'lodash', main: 'm.mjs' },
      'config.json': { plugins: ['gatekeeper', 'lodash'] },
    });
    expect((await load(folder)).value.plugins).toEqual(['keeper', 'lodash']);
  });

  it('must have exactly one unit of the kind', async () => {
    const folder = folderOf({
      'two.mjs': source('left', 'right'),
      'config.json': { plugins: ['./two.mjs'] },
      'other.json': { backbone: './two.mjs' },
    });
    const error = await failure(load(folder));
    expect(error.code).toBe('MDCTR_UNIT_AMBIGUOUS');
    expect(error.message).toContain('./two.mjs>left, ./two.mjs>right');
    expect((await failure(load(folder, 'other.json'))).code).toBe('MDCTR_PACKAGE_EMPTY');
  });
});

describe('a package’s entry', () => {
  const at = (folder: string, specifier = './pack') => ({ specifier, baseDir: folder });
  const loads = async (files: Readonly<Record<string, string | object>>, specifier?: string): Promise<string> => {
    const registry = new Registry();
    await loadPackages(registry, [at(folderOf(files), specifier)]);
    return registry
      .list()
      .map(({ name, origin }) => `${name} ${origin?.name}@${origin?.version}`)
      .join();
  };

  it('is what the exports of a folder name, by `import` before `require`', async () => {
    const exports = { require: './r.cjs', import: './i.mjs' };
    const manifest = { name: 'pack', version: '2.0.0', exports };
    const files = { 'pack/package.json': manifest, 'pack/i.mjs': source('mine'), 'pack/r.cjs': 'throw 1' };
    expect(await loads(files)).toBe('mine pack@2.0.0');
  });

  it('is the source where nothing is built', async () => {
    const manifest = {
      name: 'pack',
      type: 'module',
      exports: { '.': { types: './dist/a.d.ts', default: './dist/a.js' } },
    };
    const built = { 'pack/dist/a.js': source('built') };
    const files = { 'pack/package.json': manifest, 'pack/src/a.ts': source('mine') };
    expect(await loads(files)).toBe('mine pack@undefined');
    expect(await loads({ ...files, ...built })).toBe('built pack@undefined');
    const named = { ...manifest, exports: { '.': { 'mdctr-source': './code/b.ts', default: './dist/a.js' } } };
    expect(await loads({ 'pack/package.json': named, 'pack/code/b.ts': source('b') })).toBe('b pack@undefined');
  });

  it('may be CommonJS, or a class that is the default export', async () => {
    const common = source('common').replace('export ', '') + 'module.exports = { ["C" + 0]: C0 };';
    expect(await loads({ 'a.cjs': common }, './a.cjs')).toContain('common');
    expect(
      await loads({ 'a.mjs': source('alone').replace('export class', 'export default class') }, './a.mjs'),
    ).toContain('alone');
  });
});

describe('versions and copies of core', () => {
  const foo = (manifest: object, more: Readonly<Record<string, string | object>> = {}) => {
    const root = 'node_modules/mdctr-plugin-foo';
    const whole = { name: 'mdctr-plugin-foo', version: '1.0.0', type: 'module', exports: './main.js', ...manifest };
    const folder = folderOf({ [`${root}/package.json`]: whole, [`${root}/main.js`]: source('foo'), ...more });
    return loadPackages(new Registry(), [{ specifier: 'mdctr-plugin-foo', baseDir: folder }]);
  };

  it.each(['workspace:*', '*', 'file:../core', '^0.1.0', '>=0.1.0-beta.1'])('the range %s passes', (range) =>
    expect(foo({ peerDependencies: { '@mdctr/core': range } })).resolves.toBeUndefined(),
  );

  it.each([
    ['peerDependencies', '^7.0.0', 'npm install mdctr@latest'],
    ['dependencies', '~0.0.1', 'npm install mdctr-plugin-foo@latest'],
  ])('the range in %s that core is not in is refused', async (kind, range, wayOut) => {
    const error = await failure(foo({ [kind]: { '@mdctr/core': range } }));
    expect(error.code).toBe('MDCTR_PACKAGE_VERSION');
    for (const part of ['node_modules/mdctr-plugin-foo', range, '@mdctr/core 0.', wayOut])
      expect(error.message).toContain(part);
  });

  it.each(['@mdctr/core', '@mdctr/tensor'])('a package that brings %s is refused before it is loaded', async (name) => {
    const nested = `node_modules/mdctr-plugin-foo/node_modules/${name}`;
    const error = await failure(foo({}, { [`${nested}/package.json`]: { name, version: '0.0.7' } }));
    expect(error.code).toBe('MDCTR_PACKAGE_COPIES');
    for (const part of [`0.0.7 in `, nested, 'which runs', 'mdctr-plugin-foo imports', 'npm dedupe'])
      expect(error.message).toContain(part);
  });

  it('a copy that comes with a package’s own imports is seen once it is loaded', async () => {
    const copy = { name: '@mdctr/core', version: '0.0.8', root: '/elsewhere/core' };
    const main = `globalThis[Symbol.for('mdctr.copies')].push(${JSON.stringify(copy)});\n${source('foo')}`;
    const error = await failure(foo({}, { 'node_modules/mdctr-plugin-foo/main.js': main }));
    expect(error.code).toBe('MDCTR_PACKAGE_COPIES');
    expect(error.message).toContain('0.0.8 in /elsewhere/core');
    const copies = (globalThis as Record<symbol, unknown[] | undefined>)[Symbol.for('mdctr.copies')]!;
    copies.splice(
      copies.findIndex((one) => (one as typeof copy).root === copy.root),
      1,
    );
  });
});

describe('the identity of a file', () => {
  it('is that of its own text and of the files that it imports by relative paths', () => {
    const of = (part: string, other = ''): string => {
      const main = `import { x } from './part.js';\nexport { y } from './deep';\n`;
      const files = { 'main.ts': main, 'part.ts': part, 'deep/index.ts': `import '../part.js';`, 'other.ts': other };
      return packageIdentity({ specifier: './main.ts', baseDir: folderOf(files) });
    };
    expect(of('1')).toBe(of('1', 'beside'));
    expect(of('1')).not.toBe(of('2'));
  });
});
