import { loadConfig, validateConfig, type ConfigDocument } from '@mdctr/config';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../../../test/support/small-models.js'; // sets TensorFlow up
import * as backbones from '@mdctr/backbones';
import { Registry } from '@mdctr/core';
import { loadData } from '@mdctr/data';
import { openSettings, studySchema, type StudyConfig } from '../../src/index.js';
import { runInProcess } from '../../../../test/support/run-in-process.js';

const registry = new Registry();
registry.addModule(backbones, '@mdctr/backbones');

function open(
  file: string,
  dataset?: string,
): { config: StudyConfig; document: ConfigDocument; settingDocuments: ConfigDocument[] } {
  const document = loadConfig(file, { dataset });
  const config = validateConfig<StudyConfig>(document, studySchema(registry));
  return { document, ...openSettings({ config, document, registry, packages: [] }) };
}

function files(contents: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-settings-'));
  for (const [name, value] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(value));
  }
  return folder;
}

const study = { name: 'S', backbones: ['dnn'], data: { source: { kind: 'synthetic', rows: 1000 } } };

describe('settings of a study', () => {
  it('lie over its sections, each by itself, with defaults filled in', () => {
    const settings = [
      { label: 'few', data: { source: { domains: 2 } }, training: { epochs: 4 } },
      { label: 'other', embedding: { dim: 3 } },
    ];
    const folder = files({ 'study.json': { ...study, settings } });
    const { config } = open(join(folder, 'study.json'));
    expect(config.settings.map(({ label }) => label)).toEqual(['few', 'other']);
    const [few, other] = config.settings;
    expect(few!.data.source).toMatchObject({ kind: 'synthetic', rows: 1000, domains: 2 });
    expect(few!.training.epochs).toBe(4);
    expect(other!.training.epochs).toBe(config.training.epochs);
    expect([few!.embedding.dim, other!.embedding.dim]).toEqual([16, 3]);
    expect(other!.data).toEqual(config.data);
  });

  it('are one, without a label, where none is given', () => {
    const folder = files({ 'study.json': study });
    const { config } = open(join(folder, 'study.json'));
    expect(config.settings).toHaveLength(1);
    expect(config.settings[0]).not.toHaveProperty('label');
  });

  it('of another source drop the options of the study’s', () => {
    const settings = [{ label: 'a', data: { source: { kind: 'files', files: ['x.csv'] } } }];
    const folder = files({ 'study.json': { ...study, settings } });
    const { config, settingDocuments } = open(join(folder, 'study.json'));
    expect(config.settings[0]!.data.source).not.toHaveProperty('rows');
    expect(settingDocuments[0]!.resolvePath(['data', 'source', 'files', 0], 'x.csv')).toBe(join(folder, 'x.csv'));
  });
});

describe('a study in this process', () => {
  it('evens out budgets and tunes before its trials, as the command does', async () => {
    const space = { 'training.optimizer.learningRate': { low: 0.001, high: 0.1, log: true } };
    const folder = files({
      'study.json': {
        ...study,
        backbones: [{ name: 'dnn', hiddenUnits: [8] }],
        embedding: { dim: 2 },
        seeds: [1, 2],
        settings: [{ label: 'tuned', search: { kind: 'random', trials: 2, space } }],
      },
    });
    const { config } = open(join(folder, 'study.json'));
    const results = await runInProcess(config, registry, await loadData(config.data));
    const [{ trials, best }] = results.tuning as [NonNullable<typeof results.tuning>[number]];
    expect(trials.map(({ testPasses }) => testPasses)).toEqual([0, 0]);
    expect(best!.score).toBe(Math.max(...trials.map(({ score }) => score!)));
    expect(results.trials.map(({ setting, testPasses }) => [setting, testPasses])).toEqual([
      ['tuned', 1],
      ['tuned', 1],
    ]);
  });
});

describe('data sets to choose from', () => {
  const given = {
    name: 'S',
    backbones: ['dnn'],
    training: { epochs: 7 },
    datasets: { a: 'data/a.json', b: 'data/b.json' },
  };
  const folder = files({
    'study.json': given,
    'data/a.json': { data: study.data, training: { epochs: 2, batchSize: 64 } },
    'data/b.json': { data: { source: { kind: 'files', files: ['b.csv'] } } },
  });
  const openOn = (dataset?: string) => open(join(folder, 'study.json'), dataset);

  it('lie below the study, the first by default, and give it their name', () => {
    const { config } = openOn();
    expect(config).toMatchObject({ dataset: 'a', training: { epochs: 7, batchSize: 64 } });
  });

  it('keep paths relative to their own file', () => {
    const { config, document } = openOn('b');
    expect(config.dataset).toBe('b');
    expect(document.resolvePath(['data', 'source', 'files', 0], 'b.csv')).toBe(join(folder, 'data', 'b.csv'));
  });

  it('are named in the error for one that is not there', () => {
    expect(() => openOn('c')).toThrow(expect.objectContaining({ code: 'MDCTR_CONFIG_DATASET' }));
    expect(() => openOn('c')).toThrow('a, b');
  });
});
