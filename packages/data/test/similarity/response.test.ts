import { describe, expect, it } from 'vitest';
import { domainSimilarity } from '../../src/index.js';
import { file, load } from '../fixtures.js';
import { countValues } from '../../src/similarity/count-values.js';
import { shiftCorrelation, valueShifts } from '../../src/similarity/response.js';
import { counts } from './counts.js';

describe('shifts of the log-odds', () => {
  const rows = [100, 200, 300];
  it('are those of the smoothed rates against the domain’s own', () => {
    const shifts = valueShifts(counts([[100, 300]], [[20, 20]]));
    const rate = 40.5 / 401;
    const logit = (p: number): number => Math.log(p / (1 - p));
    expect(shifts[0]).toBeCloseTo(logit((20 + 10 * rate) / 110) - logit(rate), 10);
    expect(shifts[1]).toBeCloseTo(logit((20 + 10 * rate) / 310) - logit(rate), 10);
  });

  it.each([
    ['a domain of the same clicks', [10, 60, 30], 1],
    ['one where what is clicked here is not', [50, 20, 75], -1],
  ])('correlate with those of %s', (_what, clicks, sign) => {
    const both = counts([rows, rows], [[10, 60, 30], clicks]);
    expect(sign * shiftCorrelation(both, valueShifts(both), 0, 1)!).toBeGreaterThan(0.8);
  });

  it.each([
    [
      'two values',
      [
        [100, 200],
        [100, 200],
      ],
    ],
    [
      'three values of which one has few rows in one of the domains',
      [
        [100, 200, 300],
        [100, 200, 19],
      ],
    ],
  ])('of %s say nothing', (_what, each) => {
    const both = counts(
      each,
      each.map((row) => row.map((count) => Math.round(count / 3))),
    );
    expect(shiftCorrelation(both, valueShifts(both), 0, 1)).toBeUndefined();
  });

  it('of a domain without clicks, or nothing but clicks, say nothing', () => {
    for (const clicks of [rows.map(() => 0), rows]) {
      const both = counts([rows, rows], [[10, 60, 30], clicks]);
      expect(shiftCorrelation(both, valueShifts(both), 0, 1)).toBeUndefined();
    }
  });

  it('are null where no field has rows enough', async () => {
    const path = file('few.csv', `tab,item,time,click\n${'a,x,1,0\na,y,2,1\nb,x,3,0\nb,y,4,1\n'.repeat(4)}`);
    const { response, audience } = domainSimilarity(await load(path, { allowLeak: ['item'] }));
    expect([response, audience]).toEqual([
      [
        [1, null],
        [null, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]);
  });
});

describe('values of a field', () => {
  it('are the elements of lists, each a share of its row, and parts of numbers', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => {
      const list = ['x', 'x;y', ''][i % 3]!;
      return `${'ab'[i % 2]},${list},${i % 40},${i},${Math.imul(i + 1, 0x9e3779b1) >>> 31}`;
    });
    const path = file('bags.csv', `tab,tags,price,time,click\n${lines.join('\n')}\n`);
    const list = { separator: ';', pooling: 'mean' as const, keep: 'last' as const };
    const numeric = { kind: 'numeric' as const, log: false, standardise: true };
    const data = await load(path, { fields: ['tab', { name: 'tags', list }, { name: 'price', encoding: numeric }] });
    const places = Int32Array.of(-1, 0, 1);
    const tags = countValues(data, 1, data.splits.train, places, 2);
    // x has 134 + 133 / 2 rows, no element 133, y 133 / 2.
    const total = [...tags.rows.subarray(0, 4)].map((count, k) => count + tags.rows[4 + k]!);
    expect([tags.values, ...total]).toEqual([4, 134 + 133 / 2, 133, 133 / 2, 0]);
    const price = countValues(data, 2, data.splits.train, places, 2);
    expect(price.rows.reduce((sum, count) => sum + count, 0)).toBeCloseTo(400, 6);
    expect(price.clicks.reduce((sum, count) => sum + count, 0)).toBe(
      data.labels!.reduce((sum, label) => sum + label, 0),
    );
  });
});
