import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, loadData, writeSynthetic } from '../../src/index.js';
import { FORMATS } from '../../src/formats/formats.js';
import { cells, file, load, options } from '../fixtures.js';
import { csv, jsonl, sampleItems } from '../sample-log.js';

describe('formats', () => {
  it.each([
    ['log.csv', csv],
    ['log.CSV.gz', gzipSync(csv)],
    ['log.tsv', csv.replaceAll(',', '\t')],
    ['log.tsv.gz', gzipSync(csv.replaceAll(',', '\t'))],
    ['log.jsonl', jsonl],
    ['log.ndjson.gz', gzipSync(jsonl)],
    ['log.txt', csv],
  ])('%s', async (name, content) => {
    const data = await load(file(name, content));
    expect([cells(data, 'item'), cells(data, 'tab'), [...data.labels!]]).toEqual([
      sampleItems,
      ['a', 'b', 'a'],
      [0, 1, 1],
    ]);
  });

  it('may be named where the ending does not tell them', async () => {
    const path = file('log.data', jsonl);
    const source = { kind: 'files' as const, files: [path], joins: [], format: 'jsonl' as const };
    expect(cells(await loadData({ ...options, source }), 'item')).toEqual(sampleItems);
  });

  it.each(FORMAT_NAMES)('%s: what is written is read back, by each of its endings', async (name) => {
    const synthetic = { rows: 200, domains: 3, seed: 5 };
    const synthesised = {
      ...options,
      domain: 'position',
      fields: [],
      split: { by: 'seed' as const, seed: 1, validation: 0, test: 0 },
    };
    const drawn = await loadData({ ...synthesised, source: { kind: 'synthetic', ...synthetic } });
    for (const ending of FORMATS[name].endings) {
      const path = file(`written.${ending}`, '');
      await writeSynthetic(synthetic, path);
      const read = await load(path, synthesised);
      expect([read.ids, read.labels]).toEqual([drawn.ids, drawn.labels]);
    }
  });
});
