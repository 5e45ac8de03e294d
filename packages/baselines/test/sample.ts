import { Random } from '@mdctr/base';
import type { BagTable, EncodedData } from '@mdctr/data';
import type { LabelledData } from '../src/baseline.js';

/** Fields of the sample: two of categories (the first the domain), a list, a number. */
export const FIELDS = ['tab', 'item', 'tags', 'price'] as const;

/** Distinct lists of the sample; the first is empty. */
const LISTS = [[], [1], [2, 3], [1, 3, 3], [4]];

/** Encoded rows whose labels follow the item, the tab and the price; the last fifth tests, the fifth before it validates. */
export function sample(rows = 600, seed = 1): LabelledData {
  const random = new Random(seed);
  const effects = Array.from({ length: 20 }, () => 1.5 * random.normal());
  const ids = new Int32Array(rows * FIELDS.length);
  const [labels, domains] = [new Float32Array(rows), new Int32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const [tab, item, tags] = [1 + random.integer(3), random.integer(20), random.integer(LISTS.length)];
    const price = row % 10 === 0 ? NaN : random.normal();
    ids.set([tab, item, tags, row], row * FIELDS.length);
    domains[row] = tab;
    prices[row] = price;
    const margin = effects[item]! + 0.5 * (tab - 2) + (Number.isNaN(price) ? 0 : price);
    labels[row] = random.uniform() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  }
  const bags = [undefined, undefined, listsOf(LISTS), numbersOf(prices.slice(0, rows))];
  const schema = {
    fields: [
      { name: 'tab', size: 4, offset: 0 },
      { name: 'item', size: 20, offset: 4 },
      { name: 'tags', size: 5, offset: 24, pooling: 'mean' as const },
      { name: 'price', size: 2, offset: 29, pooling: 'scaled' as const },
    ],
    domainFields: ['tab'],
    domains: ['(unseen)', 'a', 'b', 'c'],
  };
  const fields = FIELDS.map((name) => ({ name, minFrequency: 1 }));
  const featureMap = { schema, fields, vocabularies: [], label: 'click' };
  return { schema, featureMap, rows, ids, labels, domains, bags, splits: splitsOf(rows) };
}

const prices: number[] = [];

export function listsOf(lists: readonly (readonly number[])[]): BagTable {
  const starts = [0];
  for (const list of lists) starts.push(starts.at(-1)! + list.length);
  return { starts: Int32Array.from(starts), elements: Int32Array.from(lists.flat()) };
}

/** A bag for each number: element 1 with the number for its weight, or element 0 for none. */
export function numbersOf(numbers: readonly number[]): BagTable {
  return {
    starts: Int32Array.from({ length: numbers.length + 1 }, (_, bag) => bag),
    elements: Int32Array.from(numbers, (number) => (Number.isNaN(number) ? 0 : 1)),
    weights: Float32Array.from(numbers, (number) => (Number.isNaN(number) ? 1 : number)),
  };
}

function splitsOf(rows: number): EncodedData['splits'] {
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const [first, second] = [Math.floor(0.6 * rows), Math.floor(0.8 * rows)];
  return { train: range(0, first), validation: range(first, second), test: range(second, rows) };
}
