import { sliceBatch, splitByDomain, viewBatch } from '@mdctr/core';
import { withPortableOps } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { rows, data, width, dim, open, batch, embedded, toHostRows } from './rows-of-all-kinds.js';

describe('the vectors of fields', () => {
  const assembled = open();
  const found = embedded(assembled, batch);
  const table = assembled.model.table.toHost();
  const query = assembled.model.store.get('pooling/history/query')!.toHost();
  const row = (field: number, id: number): number[] => {
    const at = (data.schema.fields[field]!.offset + id) * dim;
    return [...table.subarray(at, at + dim)];
  };
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((total, value, i) => total + value * b[i]!, 0);
  const weightsOf = (pooling: string, vectors: number[][]): number[] => {
    if (pooling === 'sum') return vectors.map(() => 1);
    if (pooling === 'mean') return vectors.map(() => 1 / vectors.length);
    const powers = vectors.map((vector) => Math.exp(dot(vector, query) / Math.sqrt(dim)));
    return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
  };

  it('are the sums, means and scaled rows that the documents say', () => {
    const kinds = new Set<string>();
    batch.order.forEach((of, i) => {
      data.schema.fields.forEach(({ pooling }, f) => {
        const id = data.ids[of * width + f]!;
        let wanted = row(f, id);
        if (pooling) {
          const { starts, elements, weights } = data.bags![f]!;
          const ids = [...elements.slice(starts[id], starts[id + 1])];
          const vectors = ids.map((element) => row(f, element));
          const factors = weights ? [weights[starts[id]!]!] : weightsOf(pooling, vectors);
          wanted = Array.from({ length: dim }, (_, k) =>
            dot(
              vectors.map((v) => v[k]!),
              factors,
            ),
          );
          kinds.add(`${pooling} ${Math.min(2, ids.length)}`);
        }
        wanted.forEach((value, k) => expect(found[(i * width + f) * dim + k]).toBeCloseTo(value, 5));
      });
    });
    expect(kinds).toContain('mean 0');
    for (const pooling of ['mean', 'sum', 'attention']) expect(kinds).toContain(`${pooling} 2`);
    expect(kinds).toContain('scaled 1');
  });

  it('of an empty list are zero', () => {
    const at = batch.order.findIndex((of) => rows[of]!.split(',')[3] === '');
    expect([...found.slice(at * width * dim, at * width * dim + dim)]).toEqual([0, 0, 0]);
  });

  it('do not depend on the other rows of the batch, bit for bit', () => {
    for (let i = 0; i < batch.rows; i += 7) {
      const alone = embedded(assembled, sliceBatch(batch, i, i + 1));
      expect(alone).toEqual(found.slice(i * width * dim, (i + 1) * width * dim));
    }
  });

  it('are those of the whole in slices and views', () => {
    const whole = toHostRows(assembled);
    const parts = splitByDomain(batch).map((part) => [...embedded(assembled, part)]);
    expect(Float32Array.from(parts.flat())).toEqual(found);
    const view = viewBatch(batch, 5, 31);
    expect(view.uniqueIds).toBe(batch.uniqueIds);
    expect(embedded(assembled, view, whole)).toEqual(found.slice(5 * width * dim, 31 * width * dim));
    // A slice of a slice, and of a view.
    const twice = sliceBatch(viewBatch(sliceBatch(batch, 3, 40), 2, 20), 1, 4);
    expect(embedded(assembled, twice)).toEqual(found.slice(6 * width * dim, 9 * width * dim));
    expect(new Set(twice.uniqueIds).size).toBe(twice.uniqueIds.length);
    expect(twice.bags!.starts.length - 1).toBeLessThanOrEqual(3 * 4);
  });

  it('are the same in portable form', () => {
    const portable = withPortableOps(() => embedded(assembled, batch));
    portable.forEach((value, i) => expect(value).toBeCloseTo(found[i]!, 5));
  });
});
