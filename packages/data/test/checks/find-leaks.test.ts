import { describe, expect, it } from 'vitest';
import { errorOf, file, load } from '../fixtures.js';
import { singleFieldAuc } from '../../src/checks/single-field-auc.js';

/** 2000 rows: a label of rate .3 from a fixed sequence, and columns made from it. */
const labels = Array.from({ length: 2000 }, (_, i) => (hash(i) % 10 < 3 ? 1 : 0));
function hash(i: number): number {
  return Math.imul(i ^ 0x5bd1e995, 0x27d4eb2d) >>> 8;
}
/** Writes the rows with a column `suspect`. */
function withColumn(name: string, suspect: (label: number, row: number) => string | number): string {
  const rows = labels.map((label, i) => `a,item${i % 7},${i},${label},${suspect(label, i)}`);
  return file(`${name}.csv`, `tab,item,time,click,suspect\n${rows.join('\n')}\n`);
}
const fields = ['tab', 'item', 'suspect'];

describe('a field that knows the label', () => {
  it.each([
    ['the label', (label: number) => label],
    ['its negation', (label: number) => 1 - label],
    ['its text', (label: number) => (label ? 'clicked' : 'ignored')],
    ['an outcome of many values', (label: number, i: number) => (label ? `bought ${i % 50}` : '')],
    ['seconds watched, never the same twice', (label: number, i: number) => label * 10_000 + i + 0.5],
    ['seconds missed, never the same twice', (label: number, i: number) => -label * 10_000 + i + 0.5],
  ])('is refused: %s', async (name, suspect) => {
    const path = withColumn(name, suspect);
    const error = await errorOf(load(path, { fields }));
    expect(error.code).toBe('MDCTR_DATA_LEAK');
    expect(error.message).toMatch(/"suspect"[^]*suspect (1.000|0.9\d\d)[^]*data.exclude[^]*data.allowLeak/);
    const insisted = await load(path, { fields, allowLeak: ['suspect'] });
    expect(insisted.warnings).toEqual([]);
  });

  it('is warned about where it is not that sure', async () => {
    const path = withColumn('flag', (label, i) => (hash(i + 9999) % 100 < 85 ? label : 1 - label));
    const { warnings } = await load(path, { fields });
    expect(warnings).toEqual([expect.stringMatching(/"suspect" alone predicts "click" with AUC 0.8/)]);
  });

  it.each([
    ['ids that never come twice', (_: number, i: number) => `user${i}`],
    ['numbers that never come twice', (_: number, i: number) => hash(i + 777)],
    ['a weak field', (label: number, i: number) => (hash(i + 9999) % 100 < 60 ? label : 1 - label)],
  ])('is not: %s', async (name, suspect) => {
    expect((await load(withColumn(name, suspect), { fields })).warnings).toEqual([]);
  });
});

describe('AUC of a single field', () => {
  it('equals counting pairs by hand', () => {
    const rows = Int32Array.from({ length: 400 }, (_, i) => i);
    const ids = rows.map((row) => hash(row) % 5);
    const labels = Float32Array.from(rows, (row) => (hash(row + 50) % 5 <= hash(row) % 5 ? 1 : 0));
    const halves = [0, 1].map((half) => [...rows].filter((row) => Math.imul(row, 0x9e3779b1) >>> 31 === half));
    const aucs = halves.map((half, h) => {
      const other = halves[1 - h]!;
      const mean = (of: number[]): number => of.reduce((sum, row) => sum + labels[row]!, 0) / of.length;
      const score = (row: number): number => {
        const alike = other.filter((o) => ids[o] === ids[row]);
        return (alike.reduce((sum, o) => sum + labels[o]!, 0) + 10 * mean(other)) / (alike.length + 10);
      };
      const [ones, zeros] = [half.filter((row) => labels[row]), half.filter((row) => !labels[row])];
      const pairs = ones.flatMap((one) => zeros.map((zero) => Math.sign(score(one) - score(zero)) / 2 + 0.5));
      return pairs.reduce((a, b) => a + b, 0) / pairs.length;
    });
    const auc = singleFieldAuc({ ids, labels }, rows, { column: 0, fields: 1 });
    expect(auc).toBeCloseTo((aucs[0]! + aucs[1]!) / 2, 12);
  });
});
