import { loadConfig } from '@mdctr/config';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallStudy } from '../src/small-study.js';
import { openTarget } from '../src/target.js';

const PLUGIN = { kind: 'plugin', name: 'weekday-scale', declared: true, options: [] } as const;
const BACKBONE = { kind: 'backbone', name: 'wide', declared: true, options: ['hiddenUnits', 'dropout'] } as const;

const packaged = {
  'package.json':
    '{ "name": "mdctr-plugin-weekday-scale", "exports": { ".": { "types": "./dist/weekday-scale.d.ts", "default": "./dist/weekday-scale.js" } } }',
  'src/weekday-scale.ts': '',
  'src/other.ts': '',
};

interface Small {
  readonly backbones: readonly unknown[];
  readonly methods: readonly { readonly label: string; readonly plugins?: readonly string[] }[];
  readonly packages?: readonly string[];
}

/** The study of `mdctr dev` in a folder with these files, as it is run; paths are given as seen from the folder. */
async function studied(
  files: Readonly<Record<string, string>>,
  study: object | undefined,
  unit = PLUGIN as object,
  name = '.',
) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mdctr-dev-test-')));
  const all = { ...files, ...(study && { 'study.json': JSON.stringify(study) }) };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const target = openTarget(join(folder, name));
  const { config, set, notes } = await smallStudy(target, [unit as typeof PLUGIN], folder, {
    references: ['adasparse'],
  });
  const text = JSON.stringify(loadConfig(config, { set }).value());
  return { ...(JSON.parse(text.replaceAll(`${folder}/`, '')) as Small), notes };
}

const PLAIN = { label: 'plain' };
const ADASPARSE = { label: 'adasparse', plugins: ['adasparse'] };
const base = { data: { source: { kind: 'synthetic' } }, backbones: ['dnn'] };
const others = [PLAIN, ADASPARSE, { label: 'star', plugins: ['star'] }];
const labels = ({ methods }: Small): string[] => methods.map(({ label }) => label);

describe("a study's methods with the plugin under work", () => {
  it.each([
    './src/weekday-scale.ts',
    './src/weekday-scale.ts>weekday-scale',
    './dist/weekday-scale.js',
    'mdctr-plugin-weekday-scale',
    'mdctr-plugin-weekday-scale>weekday-scale',
    '.',
  ])('are those that name it %s, and run its source', async (name) => {
    const study = await studied(
      { ...packaged, 'dist/weekday-scale.js': '' },
      { ...base, methods: [...others, { label: 'own', plugins: [name] }] },
    );
    expect(labels(study)).toEqual(['plain', 'adasparse', 'own']);
    expect(study.methods[2]!.plugins![0]!.split('>')[0]).toBe('src/weekday-scale.ts');
    expect(study.notes).toEqual([]);
  });

  it('are found before a build, and by the short name of a package that the study lists', async () => {
    const methods = [...others, { label: 'own', plugins: ['mdctr-plugin-weekday-scale'] }];
    expect(labels(await studied(packaged, { ...base, methods }))).toContain('own');
    const short = await studied(packaged, {
      ...base,
      packages: ['mdctr-plugin-weekday-scale', './src/other.ts'],
      methods: [...others, { label: 'own', plugins: ['weekday-scale'] }],
    });
    expect(labels(short)).toEqual(['plain', 'adasparse', 'own']);
    expect(short.packages).toEqual(['src/weekday-scale.ts', 'src/other.ts']);
  });

  it('are added where there are none, and it is said', async () => {
    const study = await studied(packaged, {
      ...base,
      methods: [...others, { label: 'other', plugins: ['./src/other.ts'] }],
    });
    expect(study.methods).toEqual([
      PLAIN,
      ADASPARSE,
      { label: 'weekday-scale', plugins: ['src/weekday-scale.ts>weekday-scale'] },
    ]);
    expect(study.notes).toEqual(['study.json has no method with weekday-scale; it is added.']);
  });
});

it('has the backbone under work and one more, by whatever name', async () => {
  const backbones = ['dcnv2', 'dnn', { name: './src/weekday-scale.ts', hiddenUnits: [8] }];
  const named = await studied(packaged, { ...base, backbones, methods: [PLAIN] }, BACKBONE);
  expect(named.backbones).toEqual(['dcnv2', { name: 'src/weekday-scale.ts', hiddenUnits: [8] }]);
  const absent = await studied(packaged, { ...base, methods: [PLAIN] }, BACKBONE);
  expect(absent.backbones).toEqual(['dnn', { name: 'src/weekday-scale.ts>wide', hiddenUnits: [64, 32] }]);
  expect(absent.notes).toEqual(['study.json has no backbone wide; it is added.']);
});

it('gives backbones of a study that is made up the same width', async () => {
  const { backbones } = await studied(packaged, undefined, BACKBONE);
  expect(backbones).toEqual([
    { name: 'dnn', hiddenUnits: [64, 32] },
    { name: 'wide', hiddenUnits: [64, 32] },
  ]);
});

it('takes the study beside a single file that names it by its path', async () => {
  const methods = [...others, { label: 'own', plugins: ['./a.ts'] }];
  expect(labels(await studied({ 'a.ts': '' }, { ...base, methods }, PLUGIN, 'a.ts'))).toEqual([
    'plain',
    'adasparse',
    'own',
  ]);
  expect(labels(await studied({ 'a.ts': '' }, { ...base, methods }, PLUGIN))).toEqual(['plain', 'adasparse', 'own']);
});
