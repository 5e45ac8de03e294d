import { describe, expect, it } from 'vitest';
import { encodeWith, featureMapFromJson, featureMapToJson, openBatches, type EncodedData } from '../../src/index.js';
import { errorOf, file, load } from '../fixtures.js';
import { learnEdges } from '../../src/encode/numbers.js';

// The last two rows are for test: nothing may be learned from them.
const cells = ['0', '0.0', '10', '-1', '', '1e2', 'nan', '3', '1000', '7'];
const path = file(
  'numbers.csv',
  `tab,price,time,click\n${cells.map((cell, i) => `t${i % 2},${cell},${i},${i % 2}`).join('\n')}\n`,
);
const split = { by: 'time' as const, column: 'time', validation: 0, test: 0.2 };
const training = [0, 0, 10, -1, 100, 3];

type Encoding = Exclude<Exclude<Parameters<typeof load>[1], undefined>['fields'], undefined>[number] extends infer F
  ? F extends { encoding?: infer E }
    ? E
    : never
  : never;
const withPrice = (encoding: Encoding, more = {}): Promise<EncodedData> =>
  load(path, { fields: ['tab', { name: 'price', encoding } as never], split, ...more });

/** Factor and id of each row of a split in the numeric field 1, by way of the batches. */
async function factors(data: EncodedData, split: 'train' | 'test'): Promise<Map<number, [number, number]>> {
  const found = new Map<number, [number, number]>();
  for await (const batch of openBatches(data).batches(split, { batchSize: 4 })) {
    const { elements, weights, starts, fieldStarts } = batch.bags!;
    expect([...fieldStarts.slice(0, 2)]).toEqual([0, 0]);
    expect(fieldStarts[2]).toBe(starts.length - 1);
    batch.order.forEach((row, i) => {
      const bag = batch.inverse[2 * i + 1]! - batch.uniqueIds.length;
      expect(starts[bag + 1]! - starts[bag]!).toBe(1);
      const id = batch.uniqueIds[elements[starts[bag]!]!]! - data.schema.fields[1]!.offset;
      found.set(row, [weights[starts[bag]!]!, id]);
    });
  }
  return found;
}

describe('numeric fields', () => {
  const log = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('log %s, standardise %s: one embedding times the number, no value has its own', async (logs, standardise) => {
    const data = await withPrice({ kind: 'numeric', log: logs, standardise });
    const change = (x: number): number => (logs ? log(x) : x);
    const numbers = training.map(change);
    const mean = standardise ? numbers.reduce((a, b) => a + b) / numbers.length : 0;
    const deviation = standardise
      ? Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length)
      : 1;
    expect(data.schema.fields[1]).toEqual({ name: 'price', size: 2, offset: 3, pooling: 'scaled' });
    const found = new Map([...(await factors(data, 'train')), ...(await factors(data, 'test'))]);
    cells.forEach((cell, row) => {
      const [factor, id] = found.get(row)!;
      const missing = cell === '' || cell === 'nan';
      expect(id).toBe(missing ? 0 : 1);
      expect(factor).toBeCloseTo(missing ? 1 : (change(Number(cell)) - mean) / deviation, 5);
    });
  });

  it('keep what they learned in the artifact', async () => {
    const data = await withPrice({ kind: 'numeric', log: true, standardise: true });
    const json = JSON.parse(JSON.stringify(featureMapToJson(data.featureMap))) as ReturnType<typeof featureMapToJson>;
    const map = featureMapFromJson(json);
    expect(map).toEqual(data.featureMap);
    const again = await encodeWith(map, [path]);
    expect(await factors(again, 'test')).toEqual(
      new Map([...(await factors(data, 'train')), ...(await factors(data, 'test'))].sort(([a], [b]) => a - b)),
    );
  });

  it.each(['NA', 'inf', '1,5'])('refuse %s, with its line', async (cell) => {
    const bad = file('bad.csv', `tab,price,time,click\na,1,0,0\na,"${cell}",1,1\n`);
    const fields = ['tab', { name: 'price', encoding: { kind: 'numeric' as const, log: false, standardise: true } }];
    const { code, message } = await errorOf(load(bad, { fields }));
    expect([code, message.includes('bad.csv:3'), message.includes(cell)]).toEqual(['MDCTR_DATA_NUMBER', true, true]);
    const expression = `nullif(price, '${cell}')`;
    const mended = await load(bad, { fields: ['tab', { ...(fields[1] as object), expression } as never] });
    expect(mended.rows).toBe(2);
  });

  it('are no domain', async () => {
    const encoding = { kind: 'quantiles' as const, buckets: 2 };
    const { code, details } = await errorOf(load(path, { fields: [{ name: 'tab', encoding }] }));
    expect([code, details.what.includes('"tab"')]).toEqual(['MDCTR_DATA_DOMAIN', true]);
  });
});

describe('numbers in buckets', () => {
  const ids = ({ ids: all }: EncodedData): number[] => cells.map((_, row) => all[2 * row + 1]!);

  it('by edges: an edge is the largest number of its part, no value is 0', async () => {
    const data = await withPrice({ kind: 'edges', edges: [-1, 0, 10] });
    expect(ids(data)).toEqual([2, 2, 3, 1, 0, 4, 0, 3, 4, 3]);
    expect(data.schema.fields[1]).toEqual({ name: 'price', size: 5, offset: 3 });
    expect(data.bags).toBeUndefined();
    const { details } = await errorOf(withPrice({ kind: 'edges', edges: [1, 5, 5] }));
    expect(details.path).toBe('data.fields[1].encoding.edges[2]');
  });

  it('by quantiles of the training rows', async () => {
    const data = await withPrice({ kind: 'quantiles', buckets: 3 });
    expect(data.featureMap.fields[1]!.encoding).toEqual({ kind: 'quantiles', buckets: 3, edges: [0, 3] });
    expect(ids(data)).toEqual([1, 1, 3, 1, 0, 3, 0, 2, 3, 3]);
    const map = featureMapFromJson(featureMapToJson(data.featureMap));
    expect(ids(await encodeWith(map, [path]))).toEqual(ids(data));
  });

  it('are of equal size, whatever ties there are', () => {
    const numbers = (list: number[]) => ({
      values: Float64Array.of(NaN, ...list),
      rows: Float64Array.of(9, ...list.map(() => 1)),
    });
    const hundred = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    expect(learnEdges(numbers(hundred), 4)).toEqual([24, 49, 74]);
    expect(learnEdges(numbers([...hundred.map(() => 0), 5, 6, 7]), 20)).toEqual([0]);
    expect(learnEdges(numbers([...hundred.map(() => 9), ...hundred, 5]), 20).at(-1)).toBe(89);
    expect(learnEdges(numbers([4, 4, 4]), 5)).toEqual([]);
    expect(learnEdges(numbers([]), 5)).toEqual([]);
  });
});
