import { describe, expect, it } from 'vitest';
import { bagsOfPieces, learnPieces } from '../../src/encode/piecewise.js';
import { openBatches, encodeWith } from '../../src/index.js';
import { errorOf, file, load, stored } from '../fixtures.js';

const pieces = (values: number[], buckets: number) =>
  learnPieces(
    { values: Float64Array.from([NaN, ...values]), rows: Float64Array.from([0, ...values.map(() => 1)]) },
    { kind: 'piecewise', buckets },
  );
const encoded = (x: number, encoding: ReturnType<typeof pieces>): [number, number][] => {
  const { starts, elements, weights } = bagsOfPieces(Float64Array.of(NaN, x), encoding);
  return Array.from({ length: starts[2]! - starts[1]! }, (_, i) => [
    elements[starts[1]! + i]!,
    weights![starts[1]! + i]!,
  ]);
};

describe('piecewise-linear encoding', () => {
  const four = pieces([0, 1, 2, 4, 8, 16, 32, 64, 128], 4);

  it('cuts at quantiles, from the least number to the largest', () => {
    expect(four.edges).toEqual([0, 2, 8, 32, 128]);
  });

  it.each([
    [0, [[1, 0]]],
    [1, [[1, 0.5]]],
    [2, [[1, 1], [2, 0]]], // prettier-ignore
    [20, [[1, 1], [2, 1], [3, 0.5]]], // prettier-ignore
    [128, [[1, 1], [2, 1], [3, 1], [4, 1]]], // prettier-ignore
    [-4, [[1, -2]]],
    [224, [[1, 1], [2, 1], [3, 1], [4, 2]]], // prettier-ignore
  ])('%d covers whole parts, and a share of the one that it is in', (x, wanted) => {
    expect(encoded(x, four)).toEqual(wanted);
  });

  it('is continuous and goes up with the number', () => {
    const sum = (x: number): number => encoded(x, four).reduce((total, [, weight]) => total + weight, 0);
    for (let x = -5; x < 140; x += 0.25) {
      expect(sum(x + 0.25)).toBeGreaterThan(sum(x));
      expect(sum(x + 0.25) - sum(x)).toBeLessThan(0.13);
    }
  });

  it('is one embedding where all numbers are the same, or there is none', () => {
    expect(encoded(5, pieces([7], 4))).toEqual([[1, 1]]);
    expect(pieces([], 4).edges).toEqual([]);
  });
});

describe('numbers of a log', () => {
  const price = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, '', 5];
  const log = file('pieces.csv', `tab,time,price,click\n${price.map((x, i) => `t,${i},${x},${i % 2}\n`).join('')}`);
  const split = { by: 'time' as const, column: 'time', validation: 0, test: 1 / 12 };

  it('as parts and as a number together, clipped; further rows alike', async () => {
    const encoding = [
      { kind: 'piecewise' as const, buckets: 3 },
      { kind: 'numeric' as const, log: false, standardise: false, clip: 0.1 },
    ];
    const data = await load(log, { fields: ['tab', { name: 'price', encoding }], split });
    expect(data.schema.fields.map(({ name, size, pooling }) => [name, size, pooling])).toEqual([
      ['tab', 2, undefined],
      ['price', 4, 'scaled'],
      ['price:numeric', 2, 'scaled'],
    ]);
    const numbers = (row: number, f: number, of = data): [number, number][] => {
      const { starts, elements, weights } = of.bags![f]!;
      const bag = of.ids[row * 3 + f]!;
      return Array.from(elements.subarray(starts[bag], starts[bag + 1]), (id, i) => [id, weights![starts[bag]! + i]!]);
    };
    expect(numbers(0, 1)).toEqual([[1, 0]]);
    expect(numbers(9, 2)).toEqual([[1, 9]]);
    expect(numbers(0, 2)).toEqual([[1, 2]]);
    expect(numbers(10, 1)).toEqual([[0, 1]]);
    const more = await encodeWith(stored(data.featureMap), [file('more.csv', 'tab,price\nt,5\nt,\n')]);
    expect(numbers(0, 1, more)).toEqual(numbers(11, 1));
    for await (const { bags } of openBatches(data).batches('train', { batchSize: 50 })) {
      expect(bags!.weights.length).toBe(bags!.elements.length);
    }
  });

  it('are there once with each encoding', async () => {
    const twice = { name: 'price', encoding: [0, 1].map(() => ({ kind: 'piecewise' as const, buckets: 3 })) };
    const error = await errorOf(load(log, { fields: ['tab', twice, 'price:piecewise'], split }));
    expect(error.code).toBe('MDCTR_CONFIG_VALUE');
  });
});
