import { loadConfig } from '@mdctr/config';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorsOf, files } from '../../../config/test/fixtures.js';
import { open } from './fixtures.js';

const good = `{
  "name": "t",
  "data": { "source": { "kind": "made" } },
  "backbone": "tower"
}`;

/** file:line:column of an error, the file by its name. */
const place = (error: { details: { at?: { file: string; line?: number; column?: number } } }): string => {
  const { file, line, column } = error.details.at!;
  return `${basename(file)}:${line}:${column}`;
};

describe('a valid config', () => {
  it('gets the defaults of the branches that its tags name, in the short form too', () => {
    const set = ['plugins=["gate", {"name": "pack>shift"}]', 'data.fields=["a", {"name": "b", "buckets": 3}]'];
    const config = open(files({ 't.json': good }), set);
    expect(config).toMatchObject({
      backbone: { name: 'tower', units: [8], rate: 0 },
      plugins: [
        { name: 'gate', form: 'soft', range: { min: 0.1, max: 0.2 } },
        { name: 'pack>shift', step: 1 },
      ],
      data: {
        source: { kind: 'made', rows: 10 },
        fields: [
          { name: 'a', buckets: 9 },
          { name: 'b', buckets: 3 },
        ],
      },
      training: { epochs: 5, rate: 0.1 },
      embedding: { dim: 16, initStd: 0.01 },
      seed: 1,
    });
  });

  it('is the same in YAML and in JSON with comments', () => {
    const yaml = 'name: t\ndata: { source: { kind: made } }\nbackbone: tower\n';
    const json = good.replace('"tower"', '"tower", // a comment');
    expect(open(files({ 't.yaml': yaml }))).toEqual(open(files({ 't.json': json })));
  });
});

describe('errors', () => {
  it('of an unknown key name its place, its path and the nearest option', () => {
    const text = good.replace('"tower"', '{ "name": "tower",\n    "unit": [4] }');
    const [error, ...more] = errorsOf(() => open(files({ 't.json': text })));
    expect(more).toEqual([]);
    expect(error!.code).toBe('MDCTR_CONFIG_UNKNOWN_KEY');
    expect(place(error!)).toBe('t.json:5:5');
    expect(error!.message).toContain('backbone.unit');
    expect(error!.message).toContain('Did you mean "units"?');
  });

  it('have the same places in YAML', () => {
    const text = 'name: t\ndata: { source: { kind: made } }\nbackbone:\n  name: tower\n  unit: [4]\n';
    const [error] = errorsOf(() => open(files({ 't.yml': text })));
    expect(place(error!)).toBe('t.yml:5:3');
  });

  it('are reported all at once', () => {
    const text = `{
  "name": "t",
  "data": { "source": { "kind": "made", "rows": 0 } },
  "backbone": { "name": "towr" },
  "plugins": [{ "name": "gate", "form": "sofft" }, { "name": "shift", "step": "two" }],
  "training": { "epoch": 3 },
  "seed": 1.5
}`;
    const errors = errorsOf(() => open(files({ 't.json': text })));
    expect(errors.map((error) => [error.code, place(error)]).sort((a, b) => a[1]!.localeCompare(b[1]!))).toEqual([
      ['MDCTR_CONFIG_VALUE', 't.json:3:49'],
      ['MDCTR_CONFIG_UNKNOWN_NAME', 't.json:4:25'],
      ['MDCTR_CONFIG_VALUE', 't.json:5:41'],
      ['MDCTR_CONFIG_TYPE', 't.json:5:79'],
      ['MDCTR_CONFIG_UNKNOWN_KEY', 't.json:6:17'],
      ['MDCTR_CONFIG_TYPE', 't.json:7:11'],
    ]);
    const text2 = errors.map(({ message }) => message).join('\n');
    for (const part of ['Did you mean "tower"?', 'Did you mean "soft"?', 'Did you mean "epochs"?', '"two"', '>= 1']) {
      expect(text2).toContain(part);
    }
  });

  it('name what is missing', () => {
    const codes = errorsOf(() => open(files({ 't.json': '{ "data": { "source": {} } }' })));
    expect(codes.map((error) => error.details.path).sort()).toEqual(['backbone', 'data.source.kind', 'name']);
    expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['MDCTR_CONFIG_MISSING']));
  });

  it.each([
    ['t.json', '{\n  "name": "t",\n  "data" 3\n}', 't.json:3:10'],
    ['t.yaml', 'name: t\ndata: [1\nbackbone: x\n', 't.yaml:3:1'],
    ['t.json', '{ "name": "a",\n "name": "b" }', 't.json:2:2'],
    ['t.yaml', 'name: a\nname: b\n', 't.yaml:2:1'],
    ['t.json', '', 't.json:1:1'],
  ])('of syntax in %s (%j) are at %s', (name, text, wanted) => {
    const [error] = errorsOf(() => open(files({ [name]: text })));
    expect(error!.code).toBe('MDCTR_CONFIG_SYNTAX');
    expect(place(error!)).toBe(wanted);
  });

  it('say that a file is not there, or not an object', () => {
    expect(errorsOf(() => open('/no/such/file.json'))[0]!.code).toBe('MDCTR_CONFIG_UNREADABLE');
    expect(errorsOf(() => open(files({ 't.json': '[1]' })))[0]!.code).toBe('MDCTR_CONFIG_TYPE');
  });
});

describe('extends', () => {
  const base = '{ "data": { "source": { "kind": "made", "rows": 7 } },\n "training": { "epochs": 3, "rate": -1 } }';

  it('lays a config over its base, key by key', () => {
    const top = '{ "extends": "base.json", "name": "t", "backbone": "tower", "training": { "rate": 0.5 } }';
    const config = open(files({ 't.json': top, 'base.json': base }));
    expect(config).toMatchObject({ data: { source: { rows: 7 } }, training: { epochs: 3, rate: 0.5 } });
    expect(config).not.toHaveProperty('extends');
  });

  it('drops the options of a base whose tag is another', () => {
    const top =
      '{ "extends": "base.json", "name": "t", "backbone": "tower", "data": { "source": { "kind": "csv" } }, "training": { "rate": 1 } }';
    expect(open(files({ 't.json': top, 'base.json': base })).data).toEqual({
      source: { kind: 'csv', files: [] },
      fields: [],
    });
  });

  it('reports an error at its place in the base', () => {
    const top = '{ "extends": "base.json", "name": "t", "backbone": "tower" }';
    const [error] = errorsOf(() => open(files({ 't.json': top, 'base.json': base })));
    expect(place(error!)).toBe('base.json:2:37');
  });

  it('takes several bases, the last strongest', () => {
    const top = '{ "extends": ["base.json", "more.yaml"], "name": "t", "backbone": "tower" }';
    const config = open(files({ 't.json': top, 'base.json': base, 'more.yaml': 'training: { rate: 2 }' }));
    expect(config.training).toEqual({ epochs: 3, rate: 2 });
  });

  it('refuses a circle, and names the place that asks for a missing file', () => {
    const circle = errorsOf(() =>
      open(files({ 'a.json': '{ "extends": "b.json" }', 'b.json': '{ "extends": "a.json" }' })),
    );
    expect(circle[0]!.code).toBe('MDCTR_CONFIG_EXTENDS');
    const [missing] = errorsOf(() => open(files({ 'a.json': '{\n  "extends": "gone.json" }' })));
    expect(missing!.code).toBe('MDCTR_CONFIG_UNREADABLE');
    expect(place(missing!)).toBe('a.json:2:14');
  });

  it('keeps paths relative to the file that they stand in', () => {
    const file = files({ 't.json': good });
    expect(loadConfig(file).resolvePath(['data'], 'x.csv')).toBe(file.replace('t.json', 'x.csv'));
  });
});

describe('--set', () => {
  it('overrides values, list items and strings', () => {
    const config = open(files({ 't.json': good }), [
      'training.epochs=2',
      'plugins=[{"name":"gate"}]',
      'plugins[0].range.min=0.05',
      'name=other',
      'backbone.units=[3,3]',
    ]);
    expect(config).toMatchObject({
      name: 'other',
      training: { epochs: 2 },
      plugins: [{ name: 'gate', range: { min: 0.05, max: 0.2 } }],
      backbone: { name: 'tower', units: [3, 3] },
    });
  });

  it('is named where it is wrong', () => {
    const [error] = errorsOf(() => open(files({ 't.json': good }), ['training.epochs=two']));
    expect(error!.message).toContain('--set training.epochs=two');
    expect(errorsOf(() => open(files({ 't.json': good }), ['training.epochs']))[0]!.code).toBe('MDCTR_CONFIG_SET');
    expect(errorsOf(() => open(files({ 't.json': good }), ['plugins=[]', 'plugins[3].x=1']))[0]!.code).toBe(
      'MDCTR_CONFIG_SET',
    );
  });
});

describe('a study', () => {
  it('expands the short forms inside methods', () => {
    const text =
      '{ "name": "s", "data": { "source": { "kind": "made" } }, "backbones": ["tower"], "methods": [{ "label": "g", "plugins": ["gate"] }] }';
    expect(open(files({ 's.json': text }), [], 'study')).toMatchObject({
      backbones: [{ name: 'tower', units: [8] }],
      methods: [{ label: 'g', plugins: [{ name: 'gate', form: 'soft' }] }],
      seeds: [1],
    });
  });
});
