import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSynthetic } from '@mdctr/data';
import { describe, expect, it } from 'vitest';
import { mdctrJson, root, temporaryFolder } from './command.js';

const python = spawnSync('python3', ['--version']).status === 0;
const folder = temporaryFolder();
const log = join(folder, 'log.csv');
await writeSynthetic({ rows: 3000, domains: 4, seed: 1 }, log);
const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
const few = join(folder, 'few.csv');
// The last row has values and a domain that training never saw.
writeFileSync(few, [...lines.slice(0, 61), lines[1]!.replace(/^[^,]*,[^,]*/, 'position_new,user_new')].join('\n'));
const scoresIn = (text: string): number[] => text.trimEnd().split('\n').slice(1).map(Number);

const dnn = { name: 'dnn', hiddenUnits: [8, 6] };
const dcnv2 = { name: 'dcnv2', hiddenUnits: [8, 6], crossLayers: 2 };

// The example follows docs/artifact.md and shares no code with us: what it computes, anybody can compute.
describe.skipIf(!python)('an artifact, read by Python’s standard library', () => {
  it.each([
    ['dnn', dnn, []],
    ['dnn with batch norm, fusion', { ...dnn, batchNorm: true }, [{ name: 'adasparse', form: 'fusion' }]],
    ['dcnv2, binarization', dcnv2, [{ name: 'adasparse', form: 'binarization' }]],
    ['dcnv2, scaling', dcnv2, [{ name: 'adasparse', form: 'scaling' }]],
    ['dcnv2, stacked', { ...dcnv2, structure: 'stacked' }, ['adasparse']],
  ])('gives the scores of `mdctr predict`: %s', (name, backbone, plugins) => {
    const config = {
      name,
      data: { source: { kind: 'files', files: [log] }, minFrequency: 2 },
      embedding: { dim: 3, initStd: 0.3 },
      backbone,
      plugins,
      training: { epochs: 2, batchSize: 100, optimizer: { kind: 'adam', learningRate: 0.02 } },
    };
    const slug = name.replace(/\W+/g, '-');
    const trial = join(folder, `${slug}.json`);
    writeFileSync(trial, JSON.stringify(config));
    const model = join(folder, slug);
    mdctrJson(['train', trial, '--out', model]);
    mdctrJson(['predict', model, '--data', few, '--out', join(folder, 'scores.csv')]);
    const wanted = scoresIn(readFileSync(join(folder, 'scores.csv'), 'utf8'));
    const script = join(root, 'examples/score-in-python/score.py');
    const found = scoresIn(execFileSync('python3', [script, model, few], { encoding: 'utf8' }));
    expect(found).toHaveLength(61);
    expect(new Set(found).size).toBeGreaterThan(30);
    found.forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 5));
  });
});
