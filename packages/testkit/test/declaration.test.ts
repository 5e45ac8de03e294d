import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DomainPlugin, Plugin, type UnitClass } from '@mdctr/core';
import { Type, type TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { examinePlugin, META_CHECKS, type PluginCheckOptions } from '../src/index.js';

const identity = { none: 'not looked at here' };

async function verdict(cls: UnitClass, id: string, options: Partial<PluginCheckOptions> = {}) {
  const [result] = await examinePlugin(cls, { identity, ...options, only: [id] });
  return result!;
}

/** A plugin with these options. */
function withOptions(options: TSchema, description: string | undefined = 'For tests.'): UnitClass {
  class Made extends DomainPlugin {}
  Plugin('made', { options, ...(description !== '' && { description }) })(Made);
  return Made;
}

const good = Type.Object({
  rate: Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.5, description: 'Rate.' }),
  range: Type.Object(
    { min: Type.Number({ default: 0, description: 'Least.' }) },
    { default: {}, description: 'Range.', additionalProperties: false },
  ),
});
class Undeclared extends DomainPlugin {}
class NoPlugin {}
Plugin('no-plugin', { description: 'Not one.' })(NoPlugin);

const cases: [string, UnitClass, RegExp, Partial<PluginCheckOptions>?][] = [
  ['meta/declaration', Undeclared, /Undeclared has no declaration/],
  ['meta/declaration', NoPlugin, /has no method `penalty`/],
  ['meta/declaration', withOptions(good, ''), /"made" has no description/],
  [
    'meta/schema-compiles',
    withOptions(Type.Object({ rate: Type.Number({ minimun: 0, default: 1, description: 'Rate.' }) })),
    /unknown keyword: "minimun"/,
  ],
  [
    'meta/options-documented',
    withOptions(
      Type.Object({
        layers: Type.Array(Type.Object({ units: Type.Integer({ default: 1 }) }), {
          default: [],
          description: 'Layers.',
        }),
      }),
    ),
    /option \/layers\/units has no description/,
  ],
  [
    'meta/defaults-valid',
    withOptions(Type.Object({ rate: Type.Number({ minimum: 1, default: 0, description: 'Rate.' }) })),
    /no options at all: \/rate must be >= 1/,
  ],
  [
    'meta/defaults-valid',
    withOptions(good),
    /fast: \/ must NOT have additional properties \("rat"\)/,
    { variants: { fast: { rat: 1 } } },
  ],
  [
    'meta/wrong-options-refused',
    withOptions(Type.Object({}, { additionalProperties: true })),
    /"no such option":1} is accepted/,
  ],
  ['meta/wrong-options-refused', withOptions(good), /{"rate":0} is accepted/, { invalid: [{ rate: 0 }] }],
];

describe('each check of a declaration', () => {
  it.each(cases)('%s fails (%#)', async (id, cls, message, options) => {
    const result = await verdict(cls, id, options);
    expect(result.status).toBe('failed');
    expect(result.message).toMatch(message);
  });

  it.each(META_CHECKS.map(({ id }) => id).filter((id) => !id.includes('import')))(
    '%s passes on a good one',
    async (id) => {
      expect((await verdict(withOptions(good), id, { invalid: [{ rate: 1 }] })).status).toBe('passed');
    },
  );
});

describe('meta/import-has-no-side-effects', () => {
  const importing = async (source: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'mdctr-testkit-'));
    writeFileSync(join(folder, 'package.mjs'), source);
    const from = pathToFileURL(join(folder, 'test.mjs')).href;
    return verdict(withOptions(good), 'meta/import-has-no-side-effects', { entry: { module: './package.mjs', from } });
  };

  it.each([
    ['globalThis.leaked = 1;', /makes the global leaked/],
    ['process.env.LEAKED = "1";', /changes process.env/],
    ['process.on("exit", () => {});', /listens for exit/],
    ['console.log("hello");', /prints "hello/],
    ['throw new Error("no good");', /cannot be imported.*no good/s],
  ])('fails: %s', async (source, message) => {
    const result = await importing(source);
    expect(result.status).toBe('failed');
    expect(result.message).toMatch(message);
  });

  it('passes on a package that only exports', async () => {
    expect((await importing('export const x = 1;')).status).toBe('passed');
  });

  it('says that it cannot look where nothing is built', async () => {
    const entry = { module: './missing.mjs', from: import.meta.url };
    const result = await verdict(withOptions(good), 'meta/import-has-no-side-effects', { entry });
    expect(result).toMatchObject({ status: 'not applicable', message: './missing.mjs is not built yet' });
  });
});
