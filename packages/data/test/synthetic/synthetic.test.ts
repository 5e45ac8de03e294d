import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { loadData } from '../../src/index.js';
import { file, options as dataOptions } from '../fixtures.js';
import { generateSynthetic } from '../../src/synthetic/generate.js';
import { type SyntheticOptions, syntheticSettings } from '../../src/synthetic/options.js';
import { SyntheticProcess } from '../../src/synthetic/process.js';
import { writeSynthetic } from '../../src/synthetic/write.js';

const options = { rows: 20_000, domains: 8, seed: 3 } satisfies SyntheticOptions;

interface Drawn {
  readonly domains: number[];
  readonly values: Int32Array[];
  readonly clicks: number[];
  readonly probability: number[];
}

/** All rows of a process. */
function draw(of: SyntheticOptions | SyntheticProcess, chunkRows?: number): Drawn {
  const drawn: Drawn = { domains: [], values: [], clicks: [], probability: [] };
  for (const { rows, columns, clicks, probability } of generateSynthetic(of, chunkRows)) {
    for (let i = 0; i < rows; i++) {
      drawn.domains.push(columns[0]![i]!);
      drawn.values.push(Int32Array.from(columns.slice(1), (column) => column[i]!));
      drawn.clicks.push(clicks[i]!);
      drawn.probability.push(probability[i]!);
    }
  }
  return drawn;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const deviation = (numbers: readonly number[]): number => {
  const m = mean(numbers);
  return Math.sqrt(mean(numbers.map((x) => (x - m) ** 2)));
};
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((x, i) => (x - ma) * (b[i]! - mb))) / (deviation(a) * deviation(b));
}
const logit = (p: number): number => Math.log(p / (1 - p));

const all = draw(options);

describe('the rows', () => {
  it('are the same for a seed, and differ for another', () => {
    expect(draw(options)).toEqual(all);
    expect(draw({ ...options, seed: 4 }).clicks).not.toEqual(all.clicks);
  });

  it('do not depend on how they are cut into chunks, nor the first ones on how many follow', () => {
    const few = draw({ ...options, rows: 1000 }, 77);
    expect(few.probability).toEqual(all.probability.slice(0, 1000));
    expect(few.clicks).toEqual(all.clicks.slice(0, 1000));
  });

  it('are the same on every machine: the first ones', () => {
    const { domains, values, clicks } = draw({ rows: 100, domains: 10, seed: 2022 });
    // FNV-1a over every number of the hundred rows; it changes whenever the process does.
    let hash = 0x811c9dc5;
    for (const number of domains.flatMap((domain, i) => [domain, ...values[i]!, clicks[i]!])) {
      hash = Math.imul(hash ^ number, 0x01000193) >>> 0;
    }
    expect(hash.toString(16)).toBe('d246d781');
  });

  it('have clicks at the rate of their probabilities, and that is the rate asked for', () => {
    // 20,000 rows: standard errors about .003 and .0015.
    expect(Math.abs(mean(all.clicks) - mean(all.probability))).toBeLessThan(0.012);
    expect(Math.abs(mean(all.probability) - 0.2)).toBeLessThan(0.01);
    const often = draw({ ...options, clickRate: 0.5 });
    expect(Math.abs(mean(often.probability) - 0.5)).toBeLessThan(0.015);
  });

  it('have probabilities that clicks follow at every level', () => {
    const order = all.probability.map((_, i) => i).sort((a, b) => all.probability[a]! - all.probability[b]!);
    for (let bin = 0; bin < 5; bin++) {
      const rows = order.slice(bin * 4000, (bin + 1) * 4000);
      const promised = mean(rows.map((i) => all.probability[i]!));
      const found = mean(rows.map((i) => all.clicks[i]!));
      expect(Math.abs(found - promised)).toBeLessThan(4 * Math.sqrt((promised * (1 - promised)) / 4000));
    }
  });

  it('have domains and values of long-tailed frequency', () => {
    const count = (numbers: readonly number[], wanted: number): number =>
      numbers.filter((number) => number === wanted).length;
    const sizes = Array.from({ length: 8 }, (_, d) => count(all.domains, d));
    // Power law with exponent 1: the first domain is eight times the last, and the second half of them has 24%.
    expect(sizes[0]! / sizes[7]!).toBeGreaterThan(6);
    expect(sizes[0]! / sizes[7]!).toBeLessThan(11);
    const first = all.values.map((values) => values[0]!);
    expect(count(first, 0)).toBeGreaterThan(1000);
    expect(new Set(first).size).toBeGreaterThan(190);
    const flat = draw({ ...options, domainSkew: 0 });
    expect(count(flat.domains, 0) / count(flat.domains, 7)).toBeLessThan(1.2);
  });

  it('come from other values in other domains, unless the audience is the same everywhere', () => {
    /** Largest difference, over values of the last field, between two domains' shares. */
    const gap = ({ domains, values }: Drawn): number => {
      const last = values[0]!.length - 1;
      const shares = [0, 1].map((wanted) => {
        const own = values.filter((_, i) => domains[i] === wanted).map((row) => row[last]!);
        return Array.from({ length: 5 }, (_, v) => own.filter((value) => value === v).length / own.length);
      });
      return Math.max(...shares[0]!.map((share, v) => Math.abs(share - shares[1]![v]!)));
    };
    expect(gap(draw({ ...options, audienceShift: 0 }))).toBeLessThan(0.05);
    expect(gap(draw({ ...options, audienceShift: 1, seed: 1 }))).toBeGreaterThan(0.1);
  });
});

const KINDS = [
  ['effects', 'shared', 'effects'],
  ['interactions', 'shared', 'interactions'],
  ['baseRate', 'specific', 'baseRate'],
  ['fieldWeights', 'specific', 'fieldWeights'],
  ['valueEffects', 'specific', 'valueEffects'],
  ['domainInteractions', 'specific', 'interactions'],
] as const;
const nothing = {
  shared: { effects: 0, interactions: 0 },
  specific: { baseRate: 0, fieldWeights: 0, valueEffects: 0, interactions: 0 },
};

describe.each(KINDS)('the structure "%s"', (name, group, key) => {
  const same = { ...options, audienceShift: 0 };
  const only = (strength: number): SyntheticOptions => ({
    ...same,
    ...nothing,
    [group]: { ...nothing[group], [key]: strength },
  });

  it('adds what its strength says to the logit, and nothing at 0', () => {
    // A strength is a standard deviation over impressions, and no other structure is left.
    const settings = { ...only(0.7), labelNoise: 0 };
    expect(deviation(draw(settings).probability.map(logit))).toBeCloseTo(0.7, 1);
    expect(deviation(draw({ ...only(0), labelNoise: 0 }).probability)).toBeCloseTo(0, 10);
  });

  it('is the only one that its strength changes', () => {
    const [with_, without] = [0.7, 0].map(
      (strength) => new SyntheticProcess({ ...same, [group]: { ...syntheticSettings(same)[group], [key]: strength } }),
    );
    const { domains, values } = draw({ ...same, rows: 200 });
    for (const [other] of KINDS) {
      const parts = [with_, without].map((process) =>
        values.map((row, i) => process!.components[other](domains[i]!, row)),
      );
      if (other === name) {
        expect(deviation(parts[0]!)).toBeGreaterThan(0.2);
        expect(parts[1]!.every((part) => part === 0)).toBe(true);
      } else expect(parts[0]).toEqual(parts[1]);
    }
  });

  it(group === 'shared' ? 'is the same in all domains' : 'differs by domain, and is 0 on average over domains', () => {
    const process = new SyntheticProcess(only(0.7));
    const { values } = draw({ ...same, rows: 100 });
    const shares = process.population.domainShares;
    for (const row of values) {
      const parts = Array.from(shares, (_, domain) => process.components[name](domain, row));
      if (group === 'shared') expect(new Set(parts).size).toBe(1);
      else {
        expect(deviation(parts)).toBeGreaterThan(0);
        expect(parts.reduce((sum, part, d) => sum + part * shares[d]!, 0)).toBeCloseTo(0, 10);
      }
    }
  });
});

describe('inside a domain', () => {
  const process = new SyntheticProcess({ ...options, audienceShift: 0 });
  const { values } = draw(process);
  /** Five standard errors. */
  const margin = (parts: readonly number[], rows: number): number => (5 * deviation(parts)) / Math.sqrt(rows);

  it.each(['interactions', 'domainInteractions'] as const)('%s hold no effect of a single value', (name) => {
    const parts = values.map((row) => process.components[name](5, row));
    for (let f = 0; f < values[0]!.length; f++) {
      for (let v = 0; v < 5; v++) {
        const own = values.flatMap((row, i) => (row[f] === v ? [parts[i]!] : []));
        expect(Math.abs(mean(own))).toBeLessThan(margin(parts, own.length));
      }
    }
  });

  it.each(['effects', 'fieldWeights', 'valueEffects'] as const)('%s hold no base rate', (name) => {
    const parts = values.map((row) => process.components[name](5, row));
    expect(Math.abs(mean(parts))).toBeLessThan(margin(parts, parts.length));
  });
});

describe('clusters', () => {
  /** Mean correlation of two domains' deviations from what is shared, for pairs inside and between clusters. */
  function similarity(clusters: { count: number; similarity: number }): { inside: number; between: number } {
    // Domains of equal size: centring then takes the same from all.
    const process = new SyntheticProcess({ ...options, domains: 12, domainSkew: 0, clusters });
    const { values } = draw({ ...options, rows: 2000 });
    const { fieldWeights, valueEffects, domainInteractions } = process.components;
    const profiles = Array.from({ length: 12 }, (_, d) =>
      values.map((row) => fieldWeights(d, row) + valueEffects(d, row) + domainInteractions(d, row)),
    );
    const found: Record<'inside' | 'between', number[]> = { inside: [], between: [] };
    profiles.forEach((a, i) =>
      profiles.slice(0, i).forEach((b, j) => found[i % 3 === j % 3 ? 'inside' : 'between'].push(correlation(a, b))),
    );
    return { inside: mean(found.inside), between: mean(found.between) };
  }

  it('are domains alike, more so the more similar they are said to be', () => {
    const [apart, near, equal] = [0, 0.6, 1].map((value) => similarity({ count: 3, similarity: value }));
    expect(Math.abs(apart!.inside - apart!.between)).toBeLessThan(0.15);
    expect(near!.inside - near!.between).toBeGreaterThan(0.35);
    expect(equal!.inside).toBeCloseTo(1, 6);
    expect(equal!.between).toBeLessThan(0);
  });
});

describe('label noise', () => {
  it('takes its share of the labels from the click rate', () => {
    const noisy = draw({ ...options, labelNoise: 0.5 }).probability;
    const clean = draw({ ...options, labelNoise: 0 }).probability;
    noisy.forEach((p, i) => expect(p).toBeCloseTo(0.5 * clean[i]! + 0.5 * 0.2, 10));
    expect(deviation(draw({ ...options, labelNoise: 1 }).probability)).toBeCloseTo(0, 10);
  });
});

describe('with one domain', () => {
  it('nothing is specific', () => {
    const { components } = new SyntheticProcess({ ...options, domains: 1 });
    const { values } = draw({ ...options, rows: 50 });
    for (const row of values) {
      for (const [name, group] of KINDS) if (group === 'specific') expect(components[name](0, row)).toBeCloseTo(0, 10);
    }
  });
});

it('a process that would not fit into memory is refused', () => {
  const fields = [1_000_000, 2];
  expect(() => new SyntheticProcess({ ...options, domains: 1000, fields })).toThrow(
    expect.objectContaining({ code: 'MDCTR_DATA_SYNTHETIC' }),
  );
});

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
