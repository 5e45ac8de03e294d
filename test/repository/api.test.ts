import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/command.js';

const reports: Readonly<Record<string, string>> = {
  '@mdctr/core': 'core',
  '@mdctr/tensor': 'tensor',
  '@mdctr/testkit': 'testkit',
  '@mdctr/testkit/checks': 'testkit-checks',
  mdctr: 'mdctr',
};
/** Pages on what mdctr itself is made of; they say so. */
const INSIDE = [
  'docs/project/architecture.md',
  'docs/guides/budget.md',
  'docs/guides/inspect.md',
  'docs/guides/profile.md',
  'docs/guides/tuning.md',
];

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist|results)$/.test(entry.name) ? [] : below(name);
    return entry.isFile() && /\.(md|[cm]?[jt]s)$/.test(name) ? [name] : [];
  });
}

/** What a file imports from a package by name. */
function imported(text: string, from: string): string[] {
  const statements = text.matchAll(/\bimport\s+(?:type\s+)?\{([^}]*)\}\s*from\s*'([^']+)'/g);
  return [...statements]
    .filter(([, , source]) => source === from)
    .flatMap(([, names]) => names!.split(','))
    .map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, ''),
    )
    .filter((name) => name !== '');
}

/** What a report says that can be imported. */
const exported = (report: string): Set<string> =>
  new Set(
    [
      ...report.matchAll(
        /^export (?:declare |abstract )*(?:const|type|function|class|interface) (\w+)|^export \{ (\w+) \}/gm,
      ),
    ].map(([, declared, passedOn]) => declared ?? passedOn!),
  );

describe('the public API', () => {
  it.each(Object.entries(reports))('of %s has all that documents, examples and templates import', (from, report) => {
    const names = exported(read(`api/${report}.api.md`));
    const files = ['README.md', ...['docs', 'examples', 'packages/scaffold/templates', 'plugins'].flatMap(below)];
    const missing = files
      .filter((name) => !INSIDE.includes(name) && !/^plugins\/[^/]+\/test\//.test(name))
      .flatMap((name) => imported(read(name), from).map((symbol) => `${symbol} in ${name}`))
      .filter((line) => !names.has(line.split(' ')[0]!));
    expect(names.size).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it('of every backbone and plugin package has a report', () => {
    const folders = readdirSync(join(root, 'plugins')).filter((name) => !name.startsWith('.'));
    expect(readdirSync(join(root, 'api'))).toEqual(
      expect.arrayContaining(['backbones', ...folders].map((name) => `${name}.api.md`)),
    );
  });
});

interface Plan {
  readonly changesets: readonly object[];
  readonly releases: readonly { readonly name: string; readonly type: string; readonly newVersion: string }[];
}

describe('a release', async () => {
  const script = new URL('../../scripts/release/lock-step.mjs', import.meta.url).href;
  const { inLockStep } = (await import(script)) as { inLockStep: (plan: Plan) => Plan };
  const release = (name: string, type: 'none' | 'minor' | 'major') => ({
    name,
    type,
    oldVersion: '0.1.3',
    newVersion: '1.0.0',
    changesets: [],
  });
  const changeset = (type: 'patch' | 'minor' | 'major') => ({
    id: type,
    summary: '',
    releases: [{ name: '@mdctr/core', type }],
  });
  const plan = (...types: ('patch' | 'minor' | 'major')[]) =>
    inLockStep({
      changesets: types.map(changeset),
      releases: [release('@mdctr/core', 'major'), release('@mdctr/star', 'major'), release('@mdctr/tests', 'none')],
    }).releases.map(({ newVersion, type }) => (type === 'none' ? type : newVersion));

  it('raises all packages by the largest step that a changeset asks for, and no private one', () => {
    expect(plan('patch')).toEqual(['0.1.4', '0.1.4', 'none']);
    expect(plan('patch', 'minor')).toEqual(['0.2.0', '0.2.0', 'none']);
    expect(plan('major')).toEqual(['1.0.0', '1.0.0', 'none']);
  });
});
