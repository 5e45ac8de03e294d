import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/command.js';

/**
 * Files below a folder of the checkout whose names match, dependencies and build outputs left out. (A recursive readdir
 * of Node 20 follows links, and packages of a workspace link to one another in circles.)
 */
function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : filesBelow(name, pattern);
    return entry.isFile() && pattern.test(name) ? [name] : [];
  });
}
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...filesBelow('docs', /\.md$/),
  ...filesBelow('examples', /\.md$/),
];

type Dependencies = Readonly<Record<string, readonly string[]>>;

/** What the sources of each package may import, from the configuration of dependency-cruiser. */
function enforcedDependencies(): Dependencies {
  const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: { comment?: string }[];
  };
  const rules = forbidden.flatMap(({ comment }) => {
    const found = /^packages\/(\S+) may import (.*)\.$/.exec(comment ?? '');
    return found ? [[found[1]!, found[2] === 'no other package' ? [] : found[2]!.split(', ')] as const] : [];
  });
  return Object.fromEntries(rules);
}

/** Dependencies that no longer way leads to as well, as lines of a diagram. */
function directDependencies(all: Dependencies): string[] {
  const leadsTo = (from: string, to: string): boolean => all[from]!.some((next) => next === to || leadsTo(next, to));
  return Object.entries(all).flatMap(([from, list]) =>
    list.filter((to) => !list.some((other) => leadsTo(other, to))).map((to) => `${from} --> ${to}`),
  );
}

describe('the documents', () => {
  it('name every error code, and no other', () => {
    const sources = [...filesBelow('packages', /src\/.*\.ts$/), ...filesBelow('plugins', /src\/.*\.ts$/)];
    const thrown = new Set(sources.flatMap((name) => read(name).match(/'MDCTR_[A-Z_]+[A-Z]'/g) ?? []));
    const listed = new Set(read('docs/reference/errors.md').match(/`MDCTR_(?!FILE_|TIER`)[A-Z_]+`/g) ?? []);
    const bare = (codes: Set<string>): string[] => [...codes].map((code) => code.slice(1, -1)).sort();
    expect(bare(listed)).toEqual(bare(thrown));
  });

  it('have an example of every error', () => {
    const text = read('docs/reference/errors.md');
    const codes = (text.match(/`MDCTR_(?!FILE_`|TIER`)[A-Z_]+`/g) ?? []).map((code) => code.slice(1, -1));
    expect(codes.filter((code) => !new RegExp(`^${code}: .{5}`, 'm').test(text))).toEqual([]);
  });

  it('hold option tables that are those of the schemas', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/docs/options-tables.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  });

  it('hold pages of hooks and commands that are those of the source', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/docs/reference.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  });

  it('have a table of options for every backbone and plugin', () => {
    const tables = filesBelow('docs', /\.md$/).flatMap((name) => read(name).match(/<!-- options:[\w-]+ -->/g) ?? []);
    const names = [
      ...filesBelow('plugins', /src\/.*\.ts$/),
      ...filesBelow('packages/backbones', /src\/.*\.ts$/),
    ].flatMap((name) => [...read(name).matchAll(/^@(?:Plugin|Backbone)\('([\w-]+)'/gm)].map(([, unit]) => unit!));
    expect(names.length).toBeGreaterThan(7);
    expect(names.filter((name) => !tables.includes(`<!-- options:${name} -->`))).toEqual([]);
  });

  it('draw every package, and list the dependencies that are enforced', () => {
    const text = read('docs/project/architecture.md');
    const rows = [...text.matchAll(/^\| `([\w-]+)` \| .* \| ([^|]+) \|$/gm)].map(([, name, list]) => [
      name!,
      list === 'nothing' ? [] : list!.split(', '),
    ]);
    expect(Object.fromEntries(rows)).toEqual(enforcedDependencies());

    const drawn = [...text.matchAll(/^ {2}([\w-]+) --> ([\w-]+)$/gm)].map(([, from, to]) => `${from} --> ${to}`);
    expect(drawn.sort()).toEqual([...directDependencies(enforcedDependencies()), 'plugins --> core'].sort());
  });

  it.each(documents)('%s links to files that are there', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(resolve(root, dirname(name), link)))).toEqual([]);
  });
});
