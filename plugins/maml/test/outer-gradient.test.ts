import { describe, expect, it } from 'vitest';
import { assemble, maml } from '../../../test/support/small-models.js';
import {
  stepGradients,
  plainGradients,
  atAdapted,
  tasks,
  backbones,
  shake,
  largest,
  centralDifference,
  expectNear,
} from './gradients.js';

describe.each(backbones)('the outer gradient on %s', (_name, backbone, others) => {
  it.each([
    [1, 'fixed'],
    [2, 'fixed'],
    [2, 'learned'],
  ])(
    'of first order, %i inner steps, %s rate, is that of the query losses at the adapted values',
    (innerSteps, rate) => {
      const assembled = assemble(backbone, [{ ...maml, innerRate: 0.5, innerSteps, rate }, ...others]);
      shake(assembled);
      const found = stepGradients(assembled);
      const wanted = new Map<string, number[]>();
      const rows = new Map<number, number[]>();
      let loss = 0;
      for (const { support, query, weight } of tasks()) {
        const at = atAdapted(assembled, support, 0.5, innerSteps, () => plainGradients(assembled, query));
        loss += weight * at.loss;
        for (const [path, gradient] of at.dense) {
          const sum = wanted.get(path);
          wanted.set(
            path,
            [...gradient].map((value, i) => weight * value + (sum?.[i] ?? 0)),
          );
        }
        at.rows.ids.forEach((id, u) => {
          const sum = rows.get(id);
          const gradient = [...at.rows.gradient.subarray(u * 4, u * 4 + 4)];
          rows.set(
            id,
            gradient.map((value, i) => weight * value + (sum?.[i] ?? 0)),
          );
        });
      }
      expect(found.loss).toBeCloseTo(loss, 5);
      for (const [path, gradient] of wanted) expectNear(found.dense.get(path)!, gradient, 1e-4);
      found.rows.ids.forEach((id, u) => {
        // Rows that only support samples have get nothing in first order.
        expectNear(found.rows.gradient.subarray(u * 4, u * 4 + 4), rows.get(id) ?? [0, 0, 0, 0], 1e-4);
      });
      assembled.dispose();
    },
  );

  // With another plugin the case that has all of it: each case costs seconds.
  const secondOrder: [number, string][] = [
    [1, 'fixed'],
    [2, 'fixed'],
    [2, 'learned'],
  ];
  it.each(others.length === 0 ? secondOrder : secondOrder.slice(-1))(
    'of second order, %i inner steps, %s rate, is that of finite differences; first order is not',
    (innerSteps, rate) => {
      const options = { ...maml, innerRate: 0.5, innerSteps, rate };
      const assembled = assemble(backbone, [{ ...options, order: 'second' }, ...others]);
      const first = assemble(backbone, [options, ...others]);
      shake(assembled);
      shake(first);
      const parts = tasks();
      const objective = (): number =>
        parts.reduce((sum, { support, query, weight }) => {
          return (
            sum + weight * atAdapted(assembled, support, 0.5, innerSteps, () => plainGradients(assembled, query).loss)
          );
        }, 0);
      const [exact, approximate] = [stepGradients(assembled), stepGradients(first)];
      expect(exact.loss).toBeCloseTo(objective(), 5);
      let largestError = 0;
      for (const [path, gradient] of exact.dense) {
        const parameter = assembled.model.store.get(path)!;
        const values = parameter.toHost();
        for (const i of largest(gradient, 1)) {
          const difference = centralDifference(values, i, 1e-2, (changed) => {
            parameter.write(changed);
            return objective();
          });
          parameter.write(values);
          expect([path, Math.abs(gradient[i]! - difference) < 4e-4 + 0.02 * Math.abs(difference)]).toEqual([
            path,
            true,
          ]);
          largestError = Math.max(largestError, Math.abs(approximate.dense.get(path)![i]! - difference));
        }
      }
      expect(largestError).toBeGreaterThan(5e-3);
      // Embedding rows: from the query, and through the inner gradients from the support.
      const table = assembled.model.table.toHost();
      const { ids, gradient } = exact.rows;
      for (const i of largest(gradient, 2)) {
        const at = ids[Math.floor(i / 4)]! * 4 + (i % 4);
        const difference = centralDifference(table, at, 1e-2, (changed) => {
          assembled.model.table.write(changed);
          return objective();
        });
        assembled.model.table.write(table);
        expect(Math.abs(gradient[i]! - difference)).toBeLessThan(4e-4 + 0.02 * Math.abs(difference));
      }
      assembled.dispose();
      first.dispose();
    },
  );
});
