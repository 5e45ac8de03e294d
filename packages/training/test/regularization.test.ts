import { train } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import { assemble, dnn } from '../../../test/support/small-models.js';
import { options, source, batch, appliedBy } from './small-training.js';

describe('regularization', () => {
  const spared = (path: string): boolean => /\/bias$|\/norm\//.test(path);
  const exempt = ['**/bias', '**/norm/*', 'maml/rate/**'];
  const plain = appliedBy({});
  const none = { weightDecay: 0, l2: 0 };
  const inBatch = new Set(batch.uniqueIds);

  it.each([
    ['l2', { l2: 0.25, weightDecay: 0 }],
    ['weightDecay', { l2: 0, weightDecay: 0.25 }],
  ])('%s takes its share off dense parameters, biases and norms excepted', (_name, terms) => {
    const found = appliedBy({ regularization: { dense: { ...terms, exempt }, embedding: none } });
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
    const found = appliedBy({ regularization: { dense: { ...none, exempt }, embedding: terms } }).get('embedding')!;
    expect(inBatch.size).toBeLessThan(found.before.length / 4);
    found.taken.forEach((value, i) => {
      const share = name === 'weightDecay' || inBatch.has(Math.floor(i / 4)) ? 0.25 : 0;
      expect(value).toBeCloseTo(plain.get('embedding')!.taken[i]! + share * found.before[i]!, 6);
    });
  });

  it('that takes more off than there is, is refused', async () => {
    const assembled = assemble(dnn);
    const regularization = { dense: { ...none, exempt }, embedding: { l2: 0, weightDecay: 100 } };
    await expect(train(assembled, source, { ...options, regularization }, { seed: 1 })).rejects.toThrow(
      'training.regularization.embedding.weightDecay',
    );
    assembled.dispose();
  });
});
