import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { HOOKS, type Hook } from '../src/choices.js';
import { scaffold, type Scaffolded } from '../src/scaffold.js';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mdctr-templates-'));
const hooks = Object.keys(HOOKS) as Hook[];
const read = (made: Scaffolded, file: string): string => readFileSync(join(made.folder, file), 'utf8');

describe('templates, filled in', () => {
  let all: Scaffolded[] = [];

  beforeAll(async () => {
    // The names on purpose: `Type` is what every file imports, `Step` what one of them does.
    const plugins = hooks.map((hook) => scaffold({ kind: 'plugin', name: 'step', hook, out: hook }, { cwd: folder }));
    const backbone = scaffold({ kind: 'backbone', name: 'type', out: 'type' }, { cwd: folder });
    all = await Promise.all([...plugins, backbone]);
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compile, by their own tsconfig.json', () => {
    const { config } = ts.readConfigFile(join(all[0]!.folder, 'tsconfig.json'), ts.sys.readFile) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, all[0]!.folder);
    const files = all.flatMap((made) =>
      made.files.filter((file) => /^(src|test)\/.*\.ts$/.test(file)).map((file) => join(made.folder, file)),
    );
    expect(files).toHaveLength(2 * all.length);
    const whole = { ...options, rootDir: folder, noEmit: true, noUnusedLocals: true };
    const problems = ts.getPreEmitDiagnostics(ts.createProgram(files, whole));
    expect(
      ts.formatDiagnostics(problems, {
        getCurrentDirectory: () => folder,
        getCanonicalFileName: (name) => name,
        getNewLine: () => '\n',
      }),
    ).toBe('');
  });

  it('have none of the templates’ words left', () => {
    for (const made of all)
      for (const file of made.files)
        expect(`${file}: ${read(made, file)}`).not.toMatch(
          /UnitName|\b(unit|package|licence)-(name|kind)|mdctr-(peer-)?range|copyright-(year|holder)/,
        );
  });

  it('leave at most 30 lines of code to change', () => {
    for (const made of all) {
      const source = read(made, `src/${made.unit}.ts`).replace(/^import [^;]*;/gm, '');
      const code = source.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line));
      expect(code.length, made.folder).toBeLessThanOrEqual(30);
    }
  });

  it('ask for the versions that this repository has', () => {
    const { dependencies, devDependencies } = JSON.parse(read(all[0]!, 'package.json')) as Record<
      string,
      Record<string, string>
    >;
    const { catalog } = parse(readFileSync(join(here, '../../pnpm-workspace.yaml'), 'utf8')) as {
      catalog: Record<string, string>;
    };
    const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
    for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, range]).toEqual([name, /^(@mdctr\/|mdctr$)/.test(name) ? `^${version}` : catalog[name]]);
  });
});
