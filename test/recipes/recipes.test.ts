import { loadConfig, validateConfig } from '@mdctr/config';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadData, type DataOptions, type EncodedData } from '@mdctr/data';
import { recipeConfig, recipePaths, recipes, type Recipe } from '@mdctr/recipes';
import { studySchema } from '@mdctr/study';
import { describe, expect, it } from 'vitest';
import { runInHost, temporaryFolder } from '../support/command.js';
import { builtinRegistry } from '../support/registry.js';
import { write } from './layouts/layout.js';
import { miniatures } from './miniatures.js';

const folder = temporaryFolder();
const schema = studySchema(builtinRegistry());

/** The data section of a recipe's config, as the schema of configs takes it. */
function dataOf(recipe: Recipe): DataOptions {
  const file = join(folder, `${recipe.name}.study.json`);
  writeFileSync(file, JSON.stringify(recipeConfig(recipe, { kind: 'study', plugins: ['adasparse', 'star'] })));
  return validateConfig<{ data: DataOptions }>(loadConfig(file), schema).data;
}

function valuesOf({ featureMap }: EncodedData, field: string): string[] {
  const f = featureMap.fields.findIndex(({ name }) => name === field);
  return [...featureMap.vocabularies[f]!].sort();
}

describe.each(recipes.map((recipe) => [recipe.name, recipe] as const))('the recipe %s', (name, recipe) => {
  const { layout, rows, domains, fields, values } = miniatures[name]!;
  const place = write(join(folder, name), layout());

  it('reads files in the published layout', async () => {
    const data = await loadData(dataOf(recipe), { resolvePath: (_, path) => join(place, path) });
    expect([data.rows, [...data.schema.domains.slice(1)].sort()]).toEqual([rows, domains]);
    expect(data.schema.fields.map((field) => field.name)).toEqual(expect.arrayContaining([...fields]));
    for (const [field, wanted] of Object.entries(values)) expect(valuesOf(data, field), field).toEqual(wanted);
    expect(data.splits.test.length).toBeGreaterThan(0);
  });

  it('says what it is', () => {
    expect(new Set(recipePaths(recipe.data)).size).toBe(recipePaths(recipe.data).length);
    expect(recipe.downloads.length > 0 || recipe.byHand !== undefined).toBe(true);
    for (const text of [recipe.licence, recipe.citation, recipe.layoutFrom]) expect(text.length).toBeGreaterThan(3);
    for (const { checksum } of recipe.downloads) {
      if (checksum) expect(checksum.digest).toMatch(checksum.algorithm === 'md5' ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
    }
  });
});

describe('the commands', () => {
  const small = [
    '--set',
    'training.epochs=1',
    '--set',
    'seeds=[1]',
    '--set',
    'methods=[{"label":"plain"}]',
    '--no-cache',
  ];

  it('take files from a folder, and the config that they write runs as it is', async () => {
    const out = join(folder, 'kept');
    const from = join(folder, 'kuairand-pure');
    const { stdout } = await runInHost(['data', 'get', 'kuairand-pure', '--from', from, '--out', out]);
    const next = /Next: +npx mdctr (.*)/.exec(stdout)![1]!.split(' ');
    const bench = await runInHost([...next, ...small, '--out', join(out, 'results')]);
    expect([bench.code, bench.stdout.includes('plain')], bench.stderr).toEqual([0, true]);
  });

  it('print a config that runs with --data FOLDER', async () => {
    const config = join(folder, 'printed.json');
    writeFileSync(config, (await runInHost(['data', 'recipe', 'open-bandit'])).stdout);
    const run = ['bench', config, '--data', join(folder, 'open-bandit'), '--out', join(folder, 'results'), ...small];
    const { code, stderr } = await runInHost(run);
    expect(code, stderr).toBe(0);
  });

  it('list all recipes, and show one', async () => {
    const { stdout } = await runInHost(['data', 'list']);
    for (const { name, licence, home } of recipes) {
      const line = stdout.split('\n').find((text) => text.startsWith(`${name} `));
      expect([line?.includes(licence), line?.includes(home)], name).toEqual([true, true]);
    }
    expect((await runInHost(['data', 'show', 'open-bandit'])).stdout).toContain('CC BY 4.0');
  });

  it('write a trial as well', async () => {
    const config = join(folder, 'trial.json');
    await runInHost(['data', 'recipe', 'movielens-1m', '--kind', 'trial', '--out', config]);
    const run = ['train', config, '--data', join(folder, 'movielens-1m'), '--out', join(folder, 'model'), '--no-cache'];
    const { code, stderr } = await runInHost([...run, '--set', 'training.epochs=1']);
    expect(code, stderr).toBe(0);
  });

  it('know the nearest name', async () => {
    const { code, stderr } = await runInHost(['data', 'get', 'kuairand']);
    expect([code, stderr.includes('Did you mean "kuairand-')]).toEqual([1, true]);
  });
});
