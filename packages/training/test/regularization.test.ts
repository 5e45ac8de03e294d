import { train } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import { assemble, data, dnn } from '../../../test/support/small-models.js';
import { options, source, batch, appliedBy } from './small-training.js';

describe('regularization', () => {
  const spared = (path: string): boolean => /\/bias$|\/norm\//.test(path);
  const exempt = ['**/bias', '**/norm/*', 'maml/rate/**'];
  const plain = appliedBy({});
  const none = { weightDecay: 0, l2: 0 };
  const noRows = { ...none, l2ByFrequency: 0 };
  const inBatch = new Set(batch.uniqueIds);

  it.each([
    ['l2', { l2: 0.25, weightDecay: 0 }],
    ['weightDecay', { l2: 0, weightDecay: 0.25 }],
  ])('%s takes its share off dense parameters, biases and norms excepted', (_name, terms) => {
    const found = appliedBy({ regularization: { dense: { ...terms, exempt }, embedding: noRows } });
    expect([...found.keys()].filter(spared).length).toBeGreaterThan(6);
    for (const [path, { before, taken }] of found) {
      const share = spared(path) || path === 'embedding' ? 0 : 0.25;
      const unlike = taken.filter(
        (value, i) => Math.abs(value - plain.get(path)!.taken[i]! - share * before[i]!) > 1e-6,
      );
      expect(unlike, path).toHaveLength(0);
    }
  });

  it.each([
    ['l2', 'the rows of the batch', { l2: 0.25, weightDecay: 0 }],
    ['weightDecay', 'all rows', { l2: 0, weightDecay: 0.25 }],
  ])('%s of the embedding table takes its share off %s', (name, _rows, terms) => {
    const found = appliedBy({ regularization: { dense: { ...none, exempt }, embedding: { ...noRows, ...terms } } }).get(
      'embedding',
    )!;
    expect(inBatch.size).toBeLessThan(found.before.length / 4);
    found.taken.forEach((value, i) => {
      const share = name === 'weightDecay' || inBatch.has(Math.floor(i / 4)) ? 0.25 : 0;
      expect(value).toBeCloseTo(plain.get('embedding')!.taken[i]! + share * found.before[i]!, 6);
    });
  });

  it('L2 by frequency takes less off the rows of ids that the training rows have more often', () => {
    const occurrences = source.occurrences();
    expect(occurrences.reduce((sum, count) => sum + count, 0)).toBe(
      data.splits.train.length * data.schema.fields.length,
    );
    const field = data.schema.fields.length - 1;
    const { offset, size } = data.schema.fields[field]!;
    const counted = Array.from({ length: size }, (_, id) => {
      return data.splits.train.filter((row) => data.ids[row * data.schema.fields.length + field] === id).length;
    });
    expect(Array.from(occurrences.subarray(offset, offset + size))).toEqual(counted);

    const embedding = { ...noRows, l2: 0.1, l2ByFrequency: 8 };
    const regularization = { dense: { ...none, exempt }, embedding };
    const found = appliedBy({ regularization }, { occurrences, rowsAStep: 2 }).get('embedding')!;
    found.taken.forEach((value, i) => {
      const id = Math.floor(i / 4);
      const share = inBatch.has(id) ? 0.1 + 8 / (2 * occurrences[id]!) : 0;
      expect(value).toBeCloseTo(plain.get('embedding')!.taken[i]! + share * found.before[i]!, 6);
    });
  });

  it('that takes more off than there is, is refused', async () => {
    const assembled = assemble(dnn);
    const regularization = { dense: { ...none, exempt }, embedding: { ...noRows, weightDecay: 100 } };
    await expect(train(assembled, source, { ...options, regularization }, { seed: 1 })).rejects.toThrow(
      'training.regularization.embedding.weightDecay',
    );
    assembled.dispose();
  });
});
