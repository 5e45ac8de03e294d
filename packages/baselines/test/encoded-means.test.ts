import { loadData, type DataOptions } from '@mdctr/data';
import { rocAuc } from '@mdctr/metrics';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabelledData } from '../src/baseline.js';
import { encodedMeans } from '../src/columns/encoded-means.js';
import { gather } from '../src/columns/gather.js';
import { fitBaseline } from '../src/index.js';

const file = join(mkdtempSync(join(tmpdir(), 'mdctr-baselines-')), 'log.csv');
const hash = (i: number, salt: number): number => ((Math.imul(i * 31 + salt, 0x9e3779b1) >>> 9) % 1000) / 1000;
const rows = Array.from({ length: 4000 }, (_, i) => {
  const user = Math.floor(40 * hash(i, 1));
  return `${'ab'[i % 2]},${user},${i},${hash(i, 2) < 0.1 + 0.8 * hash(user, 77) ? 1 : 0}`;
});
writeFileSync(file, `tab,user,time,click\n${rows.join('\n')}\n`);

const encoding = { kind: 'targetMean' as const, by: [], smoothing: 10, folds: 5 };
const options = (fields: DataOptions['fields']): DataOptions => ({
  source: { kind: 'files', files: [file], joins: [] },
  ...{ label: 'click', domain: 'tab', fields, exclude: [], minFrequency: 1 },
  split: { by: 'time', column: 'time', validation: 0.2, test: 0.2 },
});

describe('fields that are encoded as target means', async () => {
  const data = (await loadData(options(['tab', { name: 'user', encoding }]))) as LabelledData;

  it('give their means as they are, from the logit of all training rows', () => {
    const [column] = encodedMeans(data);
    expect(column!.name).toBe('user');
    const [first] = data.splits.test;
    const { levels, prior } = data.featureMap.targetMeans![1]!;
    const at = levels[0]!.values[0]!.indexOf(rows[first!]!.split(',')[1]!);
    const mean = (levels[0]!.positives[at]! + 10 * prior) / (levels[0]!.rows[at]! + 10);
    const logit = (p: number): number => Math.log(p / (1 - p));
    expect(column!.values[first!]).toBeCloseTo(logit(mean) - logit(prior), 4);
  });

  it('are as good to the smoothed means as the ids that they stand in the place of', async () => {
    const plain = (await loadData(options(['tab', 'user']))) as LabelledData;
    const aucOf = async (of: LabelledData): Promise<number> => {
      const request = { data: of, seed: 1, trials: 1, selectBy: 'auc', threads: 1 };
      const { scores } = await fitBaseline({ name: 'smoothed-means', smoothing: 10 }, request);
      return rocAuc(scores.test, gather(of.labels, of.splits.test))!;
    };
    const [means, ids] = [await aucOf(data), await aucOf(plain)];
    expect(means).toBeGreaterThan(0.65);
    expect(Math.abs(means - ids)).toBeLessThan(0.01);
  });
});
