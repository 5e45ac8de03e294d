import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { loadData } from '../../src/index.js';
import { file, options as dataOptions } from '../fixtures.js';
import { writeSynthetic } from '../../src/synthetic/write.js';
import { options, all } from './drawn.js';

describe('loaded', () => {
  const load = (more: object = {}): ReturnType<typeof loadData> =>
    loadData({
      ...dataOptions,
      source: { kind: 'synthetic', ...options, rows: 3000 },
      domain: 'position',
      fields: [],
      split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
      ...more,
    });

  it('rows keep their order, labels and probabilities', async () => {
    const data = await load();
    expect([...data.labels!]).toEqual(all.clicks.slice(0, 3000));
    expect([...data.oracle!]).toEqual(all.probability.slice(0, 3000).map(Math.fround));
    const labels = Array.from(data.domains, (id) => data.schema.domains[id]!);
    expect(labels).toEqual(all.domains.slice(0, 3000).map((d) => `position_${d}`));
    expect(data.schema.fields.map(({ name }) => name)).toEqual([
      'position',
      'audience',
      'ad',
      'advertiser',
      'category',
      'city',
      'hour',
      'age',
      'device',
    ]);
  });

  it('rows that a condition leaves keep their probabilities', async () => {
    const data = await load({ where: "position = 'position_2'" });
    const kept = all.domains.slice(0, 3000).flatMap((domain, i) => (domain === 2 ? [i] : []));
    expect(data.rows).toBe(kept.length);
    expect([...data.oracle!]).toEqual(kept.map((i) => Math.fround(all.probability[i]!)));
  });

  it('rows are those of the CSV that the same options write', async () => {
    const path = file('synthetic.csv', '');
    await writeSynthetic({ ...options, rows: 300 }, path);
    const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(header).toBe('position,audience,ad,advertiser,category,city,hour,age,device,click');
    expect(lines).toHaveLength(300);
    const [domain, first, click] = [all.domains[7], all.values[7]![0], all.clicks[7]];
    expect(lines[7]).toMatch(new RegExp(`^position_${domain},audience_${first},.*,${click}$`));
  });

  it('rows get the ids that those of the CSV get', async () => {
    const path = file('same.csv', '');
    await writeSynthetic({ ...options, rows: 3000 }, path);
    const [direct, read] = [await load(), await load({ source: { kind: 'files', files: [path], joins: [] } })];
    expect(read.featureMap.vocabularies).toEqual(direct.featureMap.vocabularies);
    expect(read.ids).toEqual(direct.ids);
    expect(read.domains).toEqual(direct.domains);
  });

  it('rows are the same in every format, with their probabilities where these are asked for', async () => {
    const few = { ...options, rows: 300 };
    const query = async (path: string, sql: string): Promise<unknown[][]> => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const rows = (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowsJS();
      connection.closeSync();
      return rows;
    };
    const csv = file('with.csv', '');
    await writeSynthetic(few, csv, { probability: true });
    const wanted = await query(csv, 'SELECT * FROM FILE');
    expect(wanted).toHaveLength(300);
    expect(wanted.map((row) => row.at(-1))).toEqual([...all.probability.slice(0, 300)]);
    for (const name of ['with.parquet', 'with.jsonl', 'with.tsv', 'with.csv.gz']) {
      const path = file(name, '');
      await writeSynthetic(few, path, { probability: true });
      const rows = await query(path, 'SELECT * FROM FILE');
      expect(
        rows.map((row) => row.map(String)),
        name,
      ).toEqual(wanted.map((row) => row.map(String)));
    }
    const types = await query(
      file('with.parquet', readFileSync(csv.replace('.csv', '.parquet'))),
      'DESCRIBE SELECT * FROM FILE',
    );
    expect(types.map(([column, type]) => `${column} ${type}`)).toContain('click UTINYINT');
    await expect(writeSynthetic(few, file('with.xls', ''))).rejects.toThrow(/MDCTR_DATA_FORMAT.*parquet/s);
  });

  it('rows have as many fields as asked for, and domains in their hundreds', async () => {
    const source = { kind: 'synthetic' as const, rows: 500, domains: 300, seed: 1, fields: Array<number>(40).fill(6) };
    const data = await load({ source });
    expect(data.schema.fields).toHaveLength(41);
    expect(data.schema.fields[40]!.name).toBe('field_40');
    expect(data.schema.domains.length).toBeGreaterThan(60);
  });
});
