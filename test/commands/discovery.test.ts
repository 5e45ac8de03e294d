import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf, runInHost, temporaryFolder } from '../support/command.js';
import { write } from '../recipes/layouts/layout.js';

const plugin = (name: string, factor: string): string => `
import { DomainPlugin, Plugin } from '@mdctr/core';
import { factor } from './${factor}';

@Plugin('${name}', { description: 'Multiplies hidden layers.' })
export class Mine extends DomainPlugin {
  override hidden() {
    return (h: never): never => (h as { mul(by: number): never }).mul(factor);
  }
}
`;

const data = { source: { kind: 'synthetic', rows: 300, fields: [4, 3] } };
const study = {
  name: 'S',
  data,
  embedding: { dim: 2 },
  backbones: [{ name: 'dnn', hiddenUnits: [4] }],
  training: { epochs: 1 },
};

/** A base config with a plugin beside it, and configs elsewhere that are laid over it. */
const folder = realpathSync(
  write(temporaryFolder(), {
    'base/base.json': JSON.stringify({ data, embedding: { dim: 2 }, plugins: ['./mine.ts'] }),
    'base/mine.ts': plugin('mine', 'factor'),
    'base/factor.ts': 'export const factor: number = 2;\n',
    'node_modules/@acme/mdctr-plugin-far/package.json': JSON.stringify({
      name: '@acme/mdctr-plugin-far',
      version: '1.2.3',
      type: 'module',
      exports: './dist/index.js',
    }),
    'node_modules/@acme/mdctr-plugin-far/src/index.ts': plugin('far', 'factor.js'),
    'node_modules/@acme/mdctr-plugin-far/src/factor.ts': 'export const factor = 3 as number;\n',
    'trial.json': JSON.stringify({
      extends: 'base/base.json',
      name: 'T',
      backbone: { name: 'dnn', hiddenUnits: [4] },
      training: { epochs: 1 },
    }),
    'study.json': JSON.stringify({
      ...study,
      packages: ['./base/mine.ts'],
      methods: [{ label: 'plain' }, { label: 'both', plugins: ['mine', '@acme/mdctr-plugin-far>far'] }],
    }),
  }),
);

/** What a command writes; it must do what it is told. */
async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runInHost(args, { cwd: folder });
  expect(code, stderr).toBe(0);
  return stdout;
}

describe('a plugin that is named by its path or package', () => {
  it('is listed with its place, package and version', async () => {
    const table = (await run('list', 'plugins', '--config', 'study.json')).split('\n');
    expect(table.find((line) => line.startsWith('far'))).toMatch(/@acme\/mdctr-plugin-far@1\.2\.3 +study\.json:1 /);
    expect(table.find((line) => line.startsWith('mine'))).toMatch(/base\/mine\.ts +study\.json:1 /);
    expect(table.find((line) => line.startsWith('star'))).toMatch(/@mdctr\/star@\S+ +built in/);
    expect(table.at(-2)).toMatch(/^@mdctr\/core \S+, contract version 1\./);
    const json = JSON.parse(await run('list', 'mine', '--config', 'trial.json', '--json')) as {
      core: object;
      units: object[];
    };
    expect(json.core).toMatchObject({ name: '@mdctr/core', contract: 1 });
    expect(json.units).toMatchObject([
      { name: 'mine', package: null, version: null, builtin: false, file: join(folder, 'base/mine.ts') },
    ]);
  });

  it('is inspected, trained, and scores rows in a model that lies elsewhere', async () => {
    expect(await run('inspect', 'trial.json', '--no-cache')).toContain('mine');
    await run('train', 'trial.json', '--out', 'models/a', '--no-cache');
    const config = JSON.parse(readFileSync(join(folder, 'models/a/config.json'), 'utf8')) as object;
    expect(config).toMatchObject({ plugins: [{ name: 'mine' }], packages: ['../../base/mine.ts'] });
    write(folder, { 'new.csv': 'position,audience,ad\n1,1,1\n2,2,1\n' });
    await run('predict', 'models/a', '--data', 'new.csv', '--out', 'scores.csv');
    expect(readFileSync(join(folder, 'scores.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  it('is loaded by the processes of a study, which does not go on with other files', async () => {
    const bench = ['bench', 'study.json', '--no-cache', '--json'];
    expect(eventsOf(await run(...bench)).at(-1)).toMatchObject({ event: 'result' });
    const table = readFileSync(join(folder, 'results/s/table.md'), 'utf8');
    expect(table).toContain('both');
    write(folder, { 'base/factor.ts': 'export const factor: number = 4;\n' });
    const { code, stderr } = await runInHost(bench, { cwd: folder });
    expect([code, stderr.slice(0, stderr.indexOf(':'))]).toEqual([1, 'MDCTR_STUDY_MISMATCH']);
  });
});
