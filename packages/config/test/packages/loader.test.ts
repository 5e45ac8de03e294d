import { MdctrError } from '@mdctr/base';
import { loadPackages } from '../../src/index.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { Backbone, DomainPlugin, Plugin, Registry } from '@mdctr/core';
import { errorsOf, files, Gate, Tower } from '../fixtures.js';

const codeOf = async (promise: Promise<unknown>): Promise<MdctrError> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error as MdctrError,
  );

const origin = { specifier: './x.ts', file: '/x.ts', builtin: false };

describe('registry', () => {
  it('finds a unit by its name and by package>name, and suggests the nearest', () => {
    const registry = new Registry().add(Tower, 'pack').add(Gate, 'pack');
    expect(registry.get('backbone', 'tower').cls).toBe(Tower);
    expect(registry.get('plugin', 'pack>gate').cls).toBe(Gate);
    const [error] = errorsOf(() => registry.get('plugin', 'gat'));
    expect(error!.code).toBe('MDCTR_UNIT_UNKNOWN');
    expect(error!.message).toContain('"gate"');
  });

  it('refuses two units of one name and names both packages; the same class twice is fine', () => {
    class Other extends DomainPlugin {}
    Plugin('gate')(Other);
    const registry = new Registry().add(Gate, 'pack').add(Gate, 'pack');
    const [error] = errorsOf(() => registry.add(Other, 'rival'));
    expect(error!.code).toBe('MDCTR_UNIT_DUPLICATE');
    expect(error!.message).toContain('pack>gate and rival>gate');
  });

  it('takes a copy of a package that comes with the command in its place, and no other', () => {
    class Copy extends DomainPlugin {}
    Plugin('gate')(Copy);
    const registry = new Registry().add(Gate, '@pack/gate', { ...origin, within: '@pack/gate', builtin: true });
    expect(() => registry.add(Copy, './x.ts', { ...origin, within: 'rival' })).toThrow('MDCTR_UNIT_DUPLICATE');
    registry.add(Copy, './x.ts', { ...origin, within: '@pack/gate' });
    expect(registry.get('plugin', 'gate').cls).toBe(Copy);
    expect(registry.list()).toHaveLength(1);
  });

  it('refuses a class without a decorator', () => {
    expect(errorsOf(() => new Registry().add(class {}, 'pack'))[0]!.code).toBe('MDCTR_UNIT_UNDECORATED');
  });

  it.each([
    ['a name with capitals', () => Backbone('Tower'), 'MDCTR_UNIT_NAME'],
    [
      'an option without description',
      () => Plugin('x', { options: Type.Object({ a: Type.Number({ default: 1 }) }) }),
      'MDCTR_UNIT_SCHEMA',
    ],
    [
      'an option without default',
      () => Plugin('x', { options: Type.Object({ a: Type.Number({ description: 'A.' }) }) }),
      'MDCTR_UNIT_SCHEMA',
    ],
    ['options that are no object', () => Plugin('x', { options: Type.String() }), 'MDCTR_UNIT_SCHEMA'],
  ])('refuses %s when the class is declared', (_what, declare, code) => {
    expect(errorsOf(declare)[0]!.code).toBe(code);
  });
});

describe('loader', () => {
  const source = `
const UNIT = Symbol.for('mdctr.unit');
export class Mine {}
Object.defineProperty(Mine, UNIT, { value: { kind: 'plugin', name: 'mine', options: { type: 'object' }, apiVersion: VERSION } });`;
  /** A package of that name in a node_modules folder; returns the folder that a config would lie in. */
  function install(name: string, version: number, exports: unknown): string {
    const folder = dirname(files({ 'config.json': '{}' }));
    const target = join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'package.json'), JSON.stringify({ name, type: 'module', exports }));
    writeFileSync(join(target, 'main.js'), source.replace('VERSION', String(version)));
    return folder;
  }

  it.each([['./main.js'], [{ '.': { import: './main.js' } }], [{ import: { default: './main.js' } }]])(
    'loads an installed package whose exports are %j',
    async (exports) => {
      const registry = new Registry();
      await loadPackages(registry, [{ specifier: 'third-party', baseDir: install('third-party', 1, exports) }]);
      expect(registry.get('plugin', 'mine').packageName).toBe('third-party');
    },
  );

  it('refuses a package of another contract version', async () => {
    const baseDir = install('old', 0, './main.js');
    const error = await codeOf(loadPackages(new Registry(), [{ specifier: 'old', baseDir }]));
    expect(error.code).toBe('MDCTR_PACKAGE_VERSION');
  });

  it('says where a package that is not there was asked for, and how to get it', async () => {
    const baseDir = dirname(files({ 'config.json': '{}' }));
    const at = { file: 'config.json', line: 3, column: 7 };
    const named = await codeOf(loadPackages(new Registry(), [{ specifier: 'nowhere', baseDir, at }]));
    expect(named.code).toBe('MDCTR_PACKAGE_MISSING');
    expect(named.message).toContain('config.json:3:7');
    expect(named.message).toContain('npm install nowhere');
    const path = await codeOf(loadPackages(new Registry(), [{ specifier: './nowhere.js', baseDir, at }]));
    expect(path.code).toBe('MDCTR_PACKAGE_MISSING');
  });

  it('tells a package that breaks from one that has nothing in it', async () => {
    const broken = files({ 'broken.mjs': 'throw new Error("on purpose")', 'empty.mjs': 'export const x = 1;' });
    const baseDir = dirname(broken);
    const error = await codeOf(loadPackages(new Registry(), [{ specifier: './broken.mjs', baseDir }]));
    expect(error.code).toBe('MDCTR_PACKAGE_LOAD');
    expect(error.message).toContain('on purpose');
    const empty = await codeOf(loadPackages(new Registry(), [{ specifier: './empty.mjs', baseDir }]));
    expect(empty.code).toBe('MDCTR_PACKAGE_EMPTY');
  });
});
