import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withLoading } from '../../src/database/loading.js';
import { targetNumbers } from '../../src/database/tables.js';
import { learnTargetMean } from '../../src/encode/target-means/target-mean.js';
import { encodeWith, openBatches, type EncodedData } from '../../src/index.js';
import { readInput } from '../../src/read/read-input.js';
import { createRows } from '../../src/rows/create-rows.js';
import type { FieldSpec, TargetMeanEncoding } from '../../src/options/field-spec.js';
import { errorOf, file, load, stored } from '../fixtures.js';

interface Fixture {
  readonly train: number;
  readonly folds: number;
  readonly user: readonly string[];
  readonly label: readonly number[];
  readonly means: Readonly<Record<string, readonly number[]>>;
}

const fixture = JSON.parse(readFileSync(new URL('fixtures.json', import.meta.url), 'utf8')) as Fixture;
const tabOf = (row: number): string => `t${(row * 7) % 3}`;
const log = file(
  'target-means.csv',
  `tab,user,time,click\n${fixture.user.map((user, row) => `${tabOf(row)},${user},${row >> 1},${fixture.label[row]}\n`).join('')}`,
);
const test = (fixture.user.length - fixture.train) / fixture.user.length;
const split = { by: 'time' as const, column: 'time', validation: 0, test };

/** Mean and count of each row, in double precision. */
async function numbersOf(fields: FieldSpec[], f: number): Promise<Map<number, { mean: number; n: number }>> {
  return withLoading('training', async (loading) => {
    await readInput(loading, { files: [log], joins: [] });
    await createRows(loading, { fields, domain: ['tab'], label: 'click', split });
    await learnTargetMean(loading, fields, f, fields[f]!.encoding as TargetMeanEncoding);
    const found = await loading.database.rows(`SELECT row, mean, n FROM ${targetNumbers(`f${f}`)}`);
    return new Map(found.map(([row, mean, n]) => [Number(row), { mean: Number(mean), n: Number(n) }]));
  });
}

const targetMean = (more: Partial<TargetMeanEncoding> = {}): TargetMeanEncoding => ({
  ...{ kind: 'targetMean', by: [], smoothing: 10, folds: fixture.folds },
  ...more,
});
const fieldsWith = (more: Partial<TargetMeanEncoding> = {}): FieldSpec[] => [
  { name: 'tab', minFrequency: 1 },
  { name: 'user', encoding: targetMean(more) },
];

/** The two numbers of each row, by way of the batches and the scales. */
async function decoded(data: EncodedData, split: 'train' | 'test'): Promise<Map<number, [number, number]>> {
  const { schema, featureMap } = data;
  const f = schema.fields.findIndex(({ name }) => name.startsWith('user:'));
  const { logit, count } = (featureMap.fields[f]!.encoding as TargetMeanEncoding).scales!;
  const found = new Map<number, [number, number]>();
  for await (const { bags, order, inverse, uniqueIds } of openBatches(data).batches(split, { batchSize: 37 })) {
    order.forEach((row, i) => {
      const bag = inverse[i * schema.fields.length + f]! - uniqueIds.length;
      const [a, b] = bags!.weights.subarray(bags!.starts[bag], bags!.starts[bag + 1]);
      const mean = 1 / (1 + Math.exp(-(a! * logit.deviation + logit.mean)));
      found.set(row, [mean, Math.expm1(b! * count.deviation + count.mean)]);
    });
  }
  return found;
}

describe('target means', () => {
  it.each([10, 0.5])('are those of scikit-learn’s TargetEncoder, smoothing %d', async (smoothing) => {
    const found = await numbersOf(fieldsWith({ smoothing }), 1);
    expect(found.size).toBe(fixture.user.length);
    const wanted = fixture.means[smoothing.toFixed(1)]!;
    wanted.forEach((mean, row) => expect(Math.abs(found.get(row)!.mean - mean)).toBeLessThan(1e-9));
  });

  it('in time: of earlier training rows alone; rows of one time do not know each other', async () => {
    const found = await numbersOf(fieldsWith({ time: 'time' }), 1);
    const { user, label, train } = fixture;
    const sum = (rows: number[]): number => rows.reduce((total, row) => total + label[row]!, 0);
    const all = Array.from({ length: train }, (_, row) => row);
    const prior = sum(all) / train;
    user.forEach((value, row) => {
      const before = all.filter((other) => user[other] === value && (row >= train || other >> 1 < row >> 1));
      expect(found.get(row)!.n).toBe(before.length);
      expect(found.get(row)!.mean).toBeCloseTo((sum(before) + 10 * prior) / (before.length + 10), 12);
    });
  });

  it('by a second field: pulled towards the mean of the parts’ means, which rows of new combinations have', async () => {
    const found = await numbersOf(fieldsWith({ by: ['tab'] }), 1);
    const { user, label, train } = fixture;
    const all = Array.from({ length: train }, (_, row) => row);
    const smoothed = (rows: number[], prior: number): number =>
      (rows.reduce((total, row) => total + label[row]!, 0) + 10 * prior) / (rows.length + 10);
    const overall = all.reduce((total, row) => total + label[row]!, 0) / train;
    let unseen = 0;
    for (let row = train; row < user.length; row++) {
      const [ofUser, ofTab] = [
        all.filter((other) => user[other] === user[row]),
        all.filter((other) => tabOf(other) === tabOf(row)),
      ];
      const both = ofUser.filter((other) => tabOf(other) === tabOf(row));
      const prior = (smoothed(ofUser, overall) + smoothed(ofTab, overall)) / 2;
      expect(found.get(row)!.mean).toBeCloseTo(smoothed(both, prior), 12);
      if (both.length === 0) unseen++;
    }
    expect(unseen).toBeGreaterThan(3);
  });

  it('stand beside the id, and further rows are encoded as those of the batch were', async () => {
    const fields = ['tab', { name: 'user', encoding: [{ kind: 'vocabulary' as const }, targetMean({ by: ['tab'] })] }];
    const data = await load(log, { fields, split });
    expect(data.schema.fields.map(({ name, size, pooling }) => [name, size, pooling])).toEqual([
      ['tab', 4, undefined],
      ['user', data.featureMap.vocabularies[1]!.length + 1, undefined],
      ['user:targetMean:tab', 3, 'scaled'],
    ]);
    const numbers = await numbersOf(
      [
        { name: 'tab', minFrequency: 1 },
        { name: 'user', encoding: targetMean({ by: ['tab'] }) },
      ],
      1,
    );
    for (const of of ['train', 'test'] as const) {
      for (const [row, [mean, n]] of await decoded(data, of)) {
        expect(mean).toBeCloseTo(numbers.get(row)!.mean, 5);
        expect(n).toBeCloseTo(numbers.get(row)!.n, 3);
      }
    }
    const rest = fixture.user
      .map((user, row) => `${tabOf(row)},${user}\n`)
      .slice(fixture.train)
      .join('');
    const more = await encodeWith(stored(data.featureMap), [file('further.csv', `tab,user\n${rest}`)]);
    const [inBatch, later] = [await decoded(data, 'test'), await decoded(more, 'test')];
    expect(later.size).toBe(inBatch.size);
    for (const [row, numbers] of later) expect(numbers).toEqual(inBatch.get(row + fixture.train));
  });

  it('of a list are the mean over its elements; an empty list has none', async () => {
    const rows = ['a|b,1', 'a,0', 'b,1', ',0', 'a|a|c,1', 'c,0'];
    const path = file(
      'lists.csv',
      `tab,time,tags,click\n${rows.map((row, i) => `t,${i},${row}\n`).join('')}t,9,b|x,0\n`,
    );
    const list = { separator: '|', pooling: 'mean' as const, keep: 'last' as const };
    const fields = [
      'tab',
      { name: 'user', expression: 'tags', encoding: targetMean({ smoothing: 1, folds: 2 }), list },
    ];
    const data = await load(path, { fields, split: { ...split, test: 1 / 7 } });
    const f = 1;
    const { logit } = (data.featureMap.fields[f]!.encoding as TargetMeanEncoding).scales!;
    const bagOf = (row: number): number => data.ids[row * 2 + f]!;
    expect(bagOf(3)).toBe(0);
    // b: 2 of 2 clicks, smoothed (2 + .5) / 3; x: never seen, the prior .5.
    const mean = (2.5 / 3 + 0.5) / 2;
    const weight = data.bags![f]!.weights![data.bags![f]!.starts[bagOf(6)]!]!;
    expect(weight * logit.deviation + logit.mean).toBeCloseTo(Math.log(mean / (1 - mean)), 5);
  });
});

describe('a leak', () => {
  it('is refused where the field of a target mean is the label itself', async () => {
    const fields = ['tab', { name: 'clicked', expression: 'click', encoding: targetMean() }];
    const error = await errorOf(load(log, { fields, split }));
    expect(error.code).toBe('MDCTR_DATA_LEAK');
    expect(error.message).toContain('clicked');
  });

  it('does not come from the rows’ own labels: of values that come once, the mean says nothing', async () => {
    const fields = ['tab', { name: 'user:row', expression: `"time" || random()`, encoding: targetMean() }];
    const data = await load(log, { fields, split });
    const means = [...(await decoded(data, 'train'))].map(([, [mean]]) => mean);
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.05); // the priors of five folds
  });
});
