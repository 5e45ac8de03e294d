import { describe, expect, it } from 'vitest';
import { featuresOf, meanColumns } from '../src/columns/columns.js';
import { kindsOf } from '../src/columns/field-kinds.js';
import { foldOf, FOLDS } from '../src/columns/folds.js';
import type { Grouping } from '../src/columns/grouping.js';
import { targetColumns } from '../src/columns/target-columns.js';
import { listsOf, numbersOf, sample } from './sample.js';

const data = sample();
const { groupings, numbers } = featuresOf(data);
const training = new Set(data.splits.train);

/** Values of a row in a field, by domain and value where they are crossed. */
function keysOf({ name, crossed }: Grouping, row: number): string[] {
  const f = data.schema.fields.findIndex((field) => name.endsWith(field.name));
  const id = data.ids[row * data.schema.fields.length + f]!;
  const table = data.bags![f];
  const values = table ? [...table.elements.subarray(table.starts[id], table.starts[id + 1])] : [id];
  return values.map((value) => (crossed ? `${data.domains[row]} ${value}` : String(value)));
}

/** The columns of a row by their definition, row by row. */
function naive(grouping: Grouping, row: number, smoothing: number): [number, number] {
  const shown = [...data.splits.train].filter((other) => !training.has(row) || foldOf(other) !== foldOf(row));
  const prior = shown.reduce((sum, other) => sum + data.labels[other]!, 0) / shown.length;
  const logit = (p: number): number => Math.log(p / (1 - p));
  const keys = keysOf(grouping, row);
  if (keys.length === 0) return [logit(prior), 0];
  const parts = keys.map((key): [number, number] => {
    const labels = shown.flatMap((other) =>
      keysOf(grouping, other)
        .filter((one) => one === key)
        .map(() => data.labels[other]!),
    );
    const clicks = labels.reduce((sum, label) => sum + label, 0);
    return [logit((clicks + smoothing * prior) / (labels.length + smoothing)), Math.log(1 + labels.length)];
  });
  const mean = (at: 0 | 1): number => parts.reduce((sum, part) => sum + part[at], 0) / parts.length;
  return [mean(0), mean(1)];
}

describe('columns of target means', () => {
  it('are of values, and of domain and value for fields that do not follow from the domain', () => {
    const names = groupings.map(({ name }) => name);
    expect(names).toEqual(['tab', 'item', 'tags', 'domain x item', 'domain x tags']);
  });

  it.each(groupings.map((grouping) => [grouping.name, grouping] as const))(
    'of %s are those of a naive count',
    (_, one) => {
      const { logits, counts } = targetColumns(one, data, { smoothing: 10 });
      for (let row = 0; row < data.rows; row += 7) {
        const [logit, count] = naive(one, row, 10);
        expect(logits[row]).toBeCloseTo(logit, 5);
        expect(counts[row]).toBeCloseTo(count, 5);
      }
    },
  );

  it('give a value without training rows the overall mean', () => {
    const unknown = { ...groupings[1]!, size: 21, of: groupings[1]!.of.map((id, row) => (row === 599 ? 20 : id)) };
    const { logits, counts } = targetColumns(unknown, data, { smoothing: 10 });
    const { train } = data.splits;
    const prior = train.reduce((sum, row) => sum + data.labels[row]!, 0) / train.length;
    expect(logits[599]).toBeCloseTo(Math.log(prior / (1 - prior)), 5);
    expect(counts[599]).toBe(0);
  });

  it('of a training row do not know its label', () => {
    const row = data.splits.train[5]!;
    const labels = data.labels.map((label, one) => (one === row ? 1 - label : label));
    const [before, after] = [data, { ...data, labels }].map((rows) => meanColumns(rows, groupings));
    for (const [c, { values }] of before!.entries()) expect(after![c]!.values[row]).toBe(values[row]);
    expect(after![2]!.values).not.toEqual(before![2]!.values);
  });

  it('take folds of nearly the same size', () => {
    const sizes = new Array<number>(FOLDS).fill(0);
    for (let row = 0; row < 10_000; row++) sizes[foldOf(row)]!++;
    for (const size of sizes) expect(Math.abs(size - 2000)).toBeLessThan(150);
  });
});

describe('fields of numbers', () => {
  const columnsFor = (bags: ReturnType<typeof numbersOf>, of: number[]) => {
    const schema = { ...data.schema, fields: [{ name: 'x', size: 4, offset: 0, pooling: 'scaled' as const }] };
    const [kind] = kindsOf({ ...data, schema, rows: of.length, ids: Int32Array.from(of), bags: [bags] });
    if (kind?.kind !== 'number') throw new Error('no numbers');
    return Object.fromEntries(kind.columns.map(({ name, values }) => [name, [...values]]));
  };

  it('are columns as they are, with one for those that are missing', () => {
    expect(numbers.map(({ name }) => name)).toEqual(['price', 'price missing']);
    expect(columnsFor(numbersOf([NaN, 2, -1.5]), [2, 0, 1])).toEqual({ x: [-1.5, 0, 2], 'x missing': [0, 1, 0] });
  });

  it('of two elements are two columns', () => {
    const bags = { ...listsOf([[0], [1, 2], [1, 2]]), weights: Float32Array.from([1, 0.5, 3, -0.5, 2]) };
    expect(columnsFor(bags, [1, 2, 0])).toEqual({ 'x 1': [0.5, -0.5, 0], 'x 2': [3, 2, 0], 'x missing': [0, 0, 1] });
  });

  it('of more elements are the sum of their weights', () => {
    const bags = { ...listsOf([[0], [1, 2, 3], [1]]), weights: Float32Array.from([1, 1, 1, 0.25, 0.5]) };
    expect(columnsFor(bags, [1, 2, 0])).toEqual({ x: [2.25, 0.5, 0], 'x missing': [0, 0, 1] });
  });
});
