import { describe, expect, it } from 'vitest';
import { chooseAlikeAndDifferent, domainSimilarity, loadData, type DomainSimilarity } from '../../src/index.js';
import { options } from '../fixtures.js';
import { jensenShannonDistance } from '../../src/similarity/audience.js';
import { counts } from './counts.js';

const CLUSTERS = 3;
const synthetic = (more: object = {}) =>
  loadData({
    ...options,
    source: {
      kind: 'synthetic',
      rows: 60_000,
      domains: 9,
      seed: 7,
      domainSkew: 0.3,
      clusters: { count: CLUSTERS },
      ...more,
    },
    domain: 'position',
    fields: [],
    split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
  });
/** Mean of a matrix over pairs of domains of one cluster, and over those of two. */
function means({ domains }: DomainSimilarity, matrix: readonly (readonly (number | null)[])[]): [number, number] {
  const cluster = domains.map(({ label }) => Number(label.split('_')[1]) % CLUSTERS);
  const groups: [number[], number[]] = [[], []];
  matrix.forEach((row, i) =>
    row.forEach((value, j) => i !== j && groups[cluster[i] === cluster[j] ? 0 : 1].push(value!)),
  );
  return groups.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length) as [number, number];
}

describe('similarity of synthetic domains', () => {
  it('by clicks is greater inside the generator’s clusters than between them', async () => {
    const data = await synthetic();
    const found = domainSimilarity(data);
    const [inside, between] = means(found, found.response);
    expect(inside).toBeGreaterThan(between + 0.05);
    const { alike, different } = chooseAlikeAndDifferent(found)!;
    const [one, other, third] = [...alike, different].map(({ label }) => Number(label.split('_')[1]) % CLUSTERS);
    expect([one === other, one === third]).toEqual([true, false]);
    // Largest first, symmetric, 1 on the diagonal; and of training rows alone.
    expect(found.domains.map(({ rows }) => rows)).toEqual(found.domains.map(({ rows }) => rows).sort((a, b) => b - a));
    expect(found.domains.reduce((sum, { rows }) => sum + rows, 0)).toBe(data.splits.train.length);
    found.audience.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(found.audience[j]![i])));
    expect(found.response.map((row, i) => row[i])).toEqual(found.domains.map(() => 1));
    expect(domainSimilarity(data, { domains: 4 }).domains).toEqual(found.domains.slice(0, 4));
  });

  it('by audience is 1 where all have one audience, small domains included, and less where they have not', async () => {
    const [same, shifted] = await Promise.all(
      [0, 0.4].map(
        async (audienceShift) => domainSimilarity(await synthetic({ audienceShift, domainSkew: 1.5 })).audience,
      ),
    );
    const mean = (matrix: readonly (readonly number[])[]): number =>
      matrix.flatMap((row, i) => row.filter((_, j) => i !== j)).reduce((sum, value) => sum + value, 0) / 72;
    expect(mean(same!)).toBeGreaterThan(0.97);
    expect(mean(shifted!)).toBeLessThan(mean(same!) - 0.1);
  });
});

describe('the Jensen-Shannon distance', () => {
  it.each([
    // JSD((1/2, 1/2), (9/10, 1/10)) = H(.7) - (1 + H(.9)) / 2 bits.
    [
      'of two distributions',
      [
        [5e6, 5e6],
        [9e6, 1e6],
      ],
      0.383136,
    ],
    [
      'of distributions that share nothing',
      [
        [1e7, 0],
        [0, 2e7],
      ],
      1,
    ],
    [
      'of a distribution and itself',
      [
        [3e3, 1e3],
        [6e3, 2e3],
      ],
      0,
    ],
  ])('%s', (_what, rows, wanted) => {
    expect(jensenShannonDistance(counts(rows), 0, 1)).toBeCloseTo(wanted, 4);
  });

  it('takes off what chance alone makes of samples', () => {
    // Both of one distribution over 100 values, 500 rows each; the remainders of a fixed sequence are as good as drawn.
    const draw = (seed: number): number[] => {
      const rows = new Array<number>(100).fill(0);
      let state = seed;
      for (let i = 0; i < 500; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        rows[Math.floor((state / 2 ** 32) * 100)]!++;
      }
      return rows;
    };
    const [p, q] = [draw(1), draw(2)];
    const plain = (k: number): number => {
      const [a, b] = [p[k]! / 500, q[k]! / 500];
      const part = (x: number): number => (x > 0 ? x * Math.log2(x) : 0);
      return (part(a) + part(b)) / 2 - part((a + b) / 2);
    };
    const uncorrected = p.reduce((sum, _, k) => sum + plain(k), 0);
    const corrected = jensenShannonDistance(counts([p, q]), 0, 1) ** 2;
    expect(uncorrected).toBeGreaterThan(0.04);
    expect(corrected).toBeLessThan(0.25 * uncorrected);
  });
});

describe('three domains', () => {
  const domains = [0, 1, 2, 3].map((id) => ({ id: id + 1, label: `d${id}`, rows: 1000 - id, clicks: 10 }));
  const symmetric = <T>(self: T, upper: T[]): T[][] => {
    const [ab, ac, ad, bc, bd, cd] = upper as [T, T, T, T, T, T];
    return [
      [self, ab, ac, ad],
      [ab, self, bc, bd],
      [ac, bc, self, cd],
      [ad, bd, cd, self],
    ];
  };
  // Pairs ab, ac, ad, bc, bd, cd.
  const audience = symmetric(1, [0.5, 0.6, 0.9, 0.7, 0.8, 0.4]);
  const labels = (found: ReturnType<typeof chooseAlikeAndDifferent>): string[] =>
    [...found!.alike, found!.different].map(({ label }) => label);

  it('are the most alike pair and the one least like both', () => {
    const none = symmetric<number | null>(1, [null, null, null, null, null, null]);
    expect(labels(chooseAlikeAndDifferent({ domains, audience, response: none }))).toEqual(['d0', 'd3', 'd2']);
    // Likeness of d0 and d3 .81, of d1 to them .28 and .43, of d2 .46 and .08.
    const response = symmetric<number | null>(1, [-0.5, 0.2, 0.3, 0.9, -0.9, null]);
    expect(labels(chooseAlikeAndDifferent({ domains, audience, response }))).toEqual(['d0', 'd3', 'd1']);
    const strong = symmetric<number | null>(1, [0, -0.5, -0.6, 0.9, -0.9, null]);
    expect(labels(chooseAlikeAndDifferent({ domains, audience, response: strong }))).toEqual(['d1', 'd2', 'd3']);
  });

  it('are looked for among the largest, and are three', () => {
    const response = symmetric<number | null>(1, [null, null, null, null, null, null]);
    expect(labels(chooseAlikeAndDifferent({ domains, audience, response }, { among: 3 }))).toEqual(['d1', 'd2', 'd0']);
    expect(chooseAlikeAndDifferent({ domains, audience, response }, { among: 2 })).toBeUndefined();
    // Domains are in the order of their rows: 1000, 999, 998, 997.
    expect(labels(chooseAlikeAndDifferent({ domains, audience, response }, { minRows: 998 }))).toEqual([
      'd1',
      'd2',
      'd0',
    ]);
    expect(chooseAlikeAndDifferent({ domains, audience, response }, { minRows: 999 })).toBeUndefined();
  });
});
