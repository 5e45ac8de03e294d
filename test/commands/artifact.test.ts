import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSynthetic } from '@mdctr/data';
import { describe, expect, it } from 'vitest';
import { root, runInHost as run, temporaryFolder } from '../support/command.js';

const python = spawnSync('python3', ['--version']).status === 0;
const folder = temporaryFolder();
const log = join(folder, 'log.csv');
await writeSynthetic({ rows: 3000, domains: 4, seed: 1 }, log);
const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
const few = join(folder, 'few.csv');
// Numbers, some of them missing, negative or not a number at all.
const price = (i: number): string => (i % 7 === 0 ? '' : i % 11 === 0 ? 'nan' : String(((i * 37) % 100) / 8 - 3));
// Lists of up to five letters.
const tags = (i: number): string => [...'abcdefghabcd'.slice(i % 8, (i % 8) + ((i * 7) % 6))].join(';');
lines.forEach((line, i) => (lines[i] = `${line},${i === 0 ? 'price,tags' : `${price(i)},${tags(i)}`}`));
writeFileSync(log, lines.join('\n'));
// The last row has values and a domain that training never saw.
writeFileSync(few, [...lines.slice(0, 61), lines[1]!.replace(/^[^,]*,[^,]*/, 'position_new,user_new')].join('\n'));
const scoresIn = (text: string): number[] => text.trimEnd().split('\n').slice(1).map(Number);

const dnn = { name: 'dnn', hiddenUnits: [8, 6] };
const dcnv2 = { name: 'dcnv2', hiddenUnits: [8, 6], crossLayers: 2 };

const hash = { kind: 'hash', buckets: 40 };
const allKinds = [
  '*',
  { name: 'position', encoding: hash },
  { name: 'audience', encoding: hash },
  { name: 'price', encoding: { kind: 'quantiles', buckets: 6 } },
  { name: 'price in steps', expression: 'price', encoding: { kind: 'edges', edges: [-1, 0.5, 4] } },
  { name: 'price as it is', expression: 'price', encoding: { kind: 'numeric', standardise: false } },
  { name: 'tags', list: { separator: ';' } },
  { name: 'two tags', expression: 'tags', list: { separator: ';', pooling: 'sum', maxLength: 2 }, encoding: hash },
  {
    name: 'first tags',
    expression: 'tags',
    list: { separator: ';', pooling: 'attention', maxLength: 4, keep: 'first' },
  },
  { name: 'log of the price', expression: 'price', encoding: { kind: 'numeric', log: true } },
  { name: 'price in pieces', expression: 'price', encoding: { kind: 'piecewise', buckets: 4 } },
  { name: 'price without its ends', expression: 'price', encoding: { kind: 'numeric', clip: 0.2 } },
];

const targetMeans = [
  '*',
  {
    name: 'ad',
    encoding: [{ kind: 'vocabulary' }, { kind: 'targetMean' }, { kind: 'targetMean', by: ['position'] }],
  },
  {
    name: 'tags',
    list: { separator: ';' },
    encoding: [{ kind: 'vocabulary' }, { kind: 'targetMean', smoothing: 2, by: ['position', 'ad'] }],
  },
];

// The example follows docs/reference/artifact.md and shares no code with us: what it computes, anybody can compute.
describe.skipIf(!python)('an artifact, read by Python’s standard library', () => {
  it.each([
    ['dnn', dnn, []],
    ['dnn with batch norm, fusion', { ...dnn, batchNorm: true }, [{ name: 'adasparse', form: 'fusion' }]],
    ['dcnv2, binarization', dcnv2, [{ name: 'adasparse', form: 'binarization' }]],
    ['dcnv2, scaling', dcnv2, [{ name: 'adasparse', form: 'scaling' }]],
    ['dcnv2, stacked', { ...dcnv2, structure: 'stacked' }, ['adasparse']],
    ['all kinds of fields', dnn, ['adasparse'], allKinds],
    ['target means', dnn, [], targetMeans],
    ['a base margin', dnn, [], targetMeans, { baseMargin: { kind: 'targetMeans' } }],
    ['sampled negatives', dnn, [], [], { negativeSampling: 0.3 }],
  ])(
    'gives the scores of `mdctr predict`: %s',
    async (name, backbone, plugins, fields: unknown[] = [], training: object = {}) => {
      const config = {
        name,
        data: { source: { kind: 'files', files: [log] }, minFrequency: 2, fields },
        embedding: { dim: 3, initStd: 0.3 },
        backbone,
        plugins,
        training: { epochs: 2, batchSize: 100, optimizer: { kind: 'adam', learningRate: 0.02 }, ...training },
      };
      const slug = name.replace(/\W+/g, '-');
      const trial = join(folder, `${slug}.json`);
      writeFileSync(trial, JSON.stringify(config));
      const model = join(folder, slug);
      const trained = await run(['train', trial, '--out', model]);
      expect(trained.code, trained.stderr).toBe(0);
      const predicted = await run(['predict', model, '--data', few, '--out', join(folder, 'scores.csv')]);
      expect(predicted.code, predicted.stderr).toBe(0);
      const wanted = scoresIn(readFileSync(join(folder, 'scores.csv'), 'utf8'));
      const script = join(root, 'examples/score-in-python/score.py');
      const found = scoresIn(execFileSync('python3', [script, model, few], { encoding: 'utf8' }));
      expect(found).toHaveLength(61);
      expect(new Set(found).size).toBeGreaterThan(30);
      found.forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 5));
    },
  );
});
