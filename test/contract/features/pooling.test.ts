import { Random } from '@mdctr/base';
import { splitByDomain, type UnitConfig } from '@mdctr/core';
import {
  adam,
  add,
  Optimizer,
  sigmoidCrossEntropy,
  sum,
  mul,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse, apg, dcnv2, dnn, maml, perDomain, starAll } from '../../support/small-models.js';
import { dim, open, batch, toHostRows } from './rows-of-all-kinds.js';

describe('gradients of pooling', () => {
  const assembled = open({ ...dnn, activation: 'tanh' });
  const { model } = assembled;
  const query = model.store.get('pooling/history/query')!;
  const inputs = [toHostRows(assembled), query.toHost()] as const;
  const shapes = [[batch.uniqueIds.length, dim], [dim]];
  // The sum over the rows: their mean would be too small for differences in float32.
  const loss = (leaf: Tensor): Scalar => {
    const { logits } = model.run(leaf, batch, { training: true });
    return mul(sigmoidCrossEntropy(logits, tensor(batch.labels!, [batch.rows, 1])), batch.rows) as Scalar;
  };
  const directions = inputs.map((values, i) => {
    const noise = new Random(9).fork(String(i));
    const raw = values.map(() => noise.normal());
    const size = Math.hypot(...raw);
    return raw.map((value) => value / size);
  });
  /** Slope of `value` along a direction of the rows and of the query together. */
  const slope = (value: (rows: Float32Array, query: Float32Array) => number, step: number): number => {
    const at = (distance: number): number =>
      value(
        ...(inputs.map((values, i) => values.map((x, j) => x + distance * directions[i]![j]!)) as [
          Float32Array,
          Float32Array,
        ]),
      );
    return (at(step) - at(-step)) / (2 * step);
  };
  const gradientsAt = (rows: Float32Array, of: Float32Array): Float32Array[] => {
    query.write(of);
    let result!: Float32Array[];
    tidy(() => {
      const leaf = tensor(rows, shapes[0]!);
      const { gradients } = valueAndGradients(() => loss(leaf), [leaf, query.value]);
      result = gradients.map((gradient) => toHost(gradient!));
    });
    query.write(inputs[1]);
    return result;
  };
  const along = (gradients: readonly Float32Array[]): number =>
    gradients.reduce((total, g, i) => total + g.reduce((part, value, j) => part + value * directions[i]![j]!, 0), 0);

  it.each([
    ['native', false],
    ['portable', true],
  ])('agree with finite differences: %s', (_form, portable) => {
    const run = <T>(body: () => T): T => (portable ? withPortableOps(body) : body());
    const claimed = along(run(() => gradientsAt(...inputs)));
    const measured = slope((rows, of) => {
      query.write(of);
      let value = 0;
      tidy(() => (value = toHost(loss(tensor(rows, shapes[0]!)))[0]!));
      query.write(inputs[1]);
      return value;
    }, 1e-2);
    expect(Math.abs(claimed)).toBeGreaterThan(0.02);
    expect(measured / claimed).toBeCloseTo(1, 1);
    expect(Math.hypot(...gradientsAt(...inputs)[1]!)).toBeGreaterThan(0.02);
  });

  it('have derivatives of their own, as second-order methods need', () => {
    const claimed = withPortableOps(() => {
      const second: Float32Array[] = [];
      tidy(() => {
        const leaf = tensor(inputs[0], shapes[0]!);
        const slopeOf = (): Scalar => {
          const { gradients } = valueAndGradients(() => loss(leaf), [leaf, query.value]);
          const parts = gradients.map((gradient, i) => sum(mul(gradient!, tensor(directions[i]!, shapes[i]!))));
          return add(parts[0]!, parts[1]!) as Scalar;
        };
        const { gradients } = valueAndGradients(slopeOf, [leaf, query.value]);
        second.push(...gradients.map((gradient) => toHost(gradient!)));
      });
      return along(second);
    });
    const measured = slope((rows, of) => withPortableOps(() => along(gradientsAt(rows, of))), 1e-2);
    expect(Math.abs(claimed)).toBeGreaterThan(0.02);
    expect(measured / claimed).toBeCloseTo(1, 1);
  });
});

const plugins: [string, readonly UnitConfig[]][] = [
  ['nothing', []],
  ['adasparse', [adaSparse]],
  ['star', [starAll]],
  ['apg', [apg]],
  ['apg on lists and numbers', [{ ...apg, condition: 'fields', fields: ['history', 'price', 'tags'] }]],
  ['maml', [maml]],
  ['maml, second order', [{ ...maml, order: 'second', innerSteps: 2 }]],
  ['per-domain', [perDomain]],
];

describe.each(plugins)('with %s', (_name, units) => {
  it('dcnv2 learns from lists and numbers', () => {
    const assembled = open(dcnv2, units);
    const optimizer = new Optimizer(adam({ learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    try {
      const context = stepContext(assembled.model, optimizer, new Random(1));
      const step = assembled.wrapStep(plainStep);
      const before = assembled.model.store.get('pooling/history/query')!.toHost();
      const losses = Array.from({ length: 8 }, () => step(batch, context));
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      expect(assembled.model.store.get('pooling/history/query')!.toHost()).not.toEqual(before);
      const predict = assembled.wrapPredict((host) => assembled.model.predict(host));
      optimizer.flush(assembled.model.table);
      const whole = predict(batch);
      splitByDomain(batch).forEach((part, g) => {
        predict(part).forEach((score, i) => expect(score).toBeCloseTo(whole[batch.domainStarts[g]! + i]!, 5));
      });
    } finally {
      optimizer.dispose();
      assembled.dispose();
    }
  });
});
