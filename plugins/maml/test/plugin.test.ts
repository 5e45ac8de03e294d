import { Random } from '@mdctr/tensor';
import type { HostBatch } from '@mdctr/core';
import {
  constant,
  ensureRuntime,
  ParameterStore,
  silentReport,
  sub,
  sum,
  mul,
  square,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  type Parameter,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { adaptedParameters } from '../src/adapted-parameters.js';
import { changedSpan, withSpan } from '../src/changed-span.js';
import { InnerLoop } from '../src/inner-loop.js';
import { tasksOf } from '../src/tasks.js';

await ensureRuntime({ report: silentReport });
const store = new ParameterStore(new Random(1));
afterAll(() => store.dispose());

describe('patterns', () => {
  const paths = [
    'dnn/deep/0/kernel',
    'dnn/deep/0/bias',
    'dnn/deep/1/kernel',
    'adasparse/deep/0/pruner/kernel',
    'dnn/a.b',
  ];
  const parameters = paths.map((path) => ({ path }) as Parameter);
  const chosen = (...patterns: string[]): string[] => adaptedParameters(parameters, patterns).map(({ path }) => path);

  it.each([
    [['**'], paths],
    [['dnn/**'], [paths[0], paths[1], paths[2], paths[4]]],
    [['dnn/deep/*/kernel'], [paths[0], paths[2]]],
    [['**/deep/0/**'], [paths[0], paths[1], paths[3]]],
    [['**/kernel'], [paths[0], paths[2], paths[3]]],
    [['dnn/deep/0/b*'], [paths[1]]],
    [
      ['dnn/deep/1/kernel', 'dnn/deep/0/bias'],
      [paths[1], paths[2]],
    ],
    [['dnn/a.b'], [paths[4]]],
  ])('%j', (patterns, wanted) => expect(chosen(...patterns)).toEqual(wanted));

  it('a star stays between two slashes, a dot is a dot, and a pattern without a match is refused', () => {
    expect(() => chosen('dnn/*/kernel')).toThrow('MDCTR_MAML_PATTERN');
    expect(() => chosen('dnn/deep.0.kernel')).toThrow('MDCTR_MAML_PATTERN');
  });
});

describe('tasks', () => {
  /** Domains 1, 2 and 4 with 1, 2 and 10 rows. */
  const batch: HostBatch = {
    rows: 13,
    order: Int32Array.from({ length: 13 }, (_, i) => i + 30),
    labels: new Float32Array(13),
    uniqueIds: Int32Array.of(5, 7),
    inverse: Int32Array.from({ length: 26 }, (_, i) => i % 2),
    domainIds: Int32Array.of(1, 2, 4),
    domainStarts: Int32Array.of(0, 1, 3, 13),
  };
  const rowsOf = (support: number, weighting: 'rows' | 'mean' | 'sum' = 'rows') =>
    tasksOf(batch, { support, weighting }).map((task) => [
      task.query.domainIds[0],
      [...(task.support?.order ?? [])],
      [...task.query.order],
      task.weight,
    ]);

  it('split each domain once: at least one row of either kind, one row alone is a query', () => {
    expect(rowsOf(0.2, 'sum')).toEqual([
      [1, [], [30], 1],
      [2, [31], [32], 1],
      [4, [33, 34], [35, 36, 37, 38, 39, 40, 41, 42], 1],
    ]);
    expect(rowsOf(0.99)[2]!.slice(1, 3)).toEqual([[33, 34, 35, 36, 37, 38, 39, 40, 41], [42]]);
  });

  it('weigh by query rows, alike, or not at all', () => {
    const weights = (weighting: 'rows' | 'mean' | 'sum') => rowsOf(0.2, weighting).map((task) => task[3]);
    expect(weights('rows')).toEqual([1 / 10, 1 / 10, 8 / 10]);
    expect(weights('mean')).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(weights('sum')).toEqual([1, 1, 1]);
  });

  it('keep the distinct ids of the whole batch, whose embedding rows they run on', () => {
    for (const { query, support } of tasksOf(batch, { support: 0.5, weighting: 'rows' })) {
      expect(query.uniqueIds).toBe(batch.uniqueIds);
      expect(query.inverse).toHaveLength(2 * query.rows);
      if (support) expect(support.uniqueIds).toBe(batch.uniqueIds);
    }
  });

  it('begin with another domain as the rows of the batch change', () => {
    const firstOf = (order: number): number => {
      const rows = batch.order.map((row, i) => (i === 0 ? order : row));
      return tasksOf({ ...batch, order: rows }, { support: 0.5, weighting: 'rows' })[0]!.query.domainIds[0]!;
    };
    expect([firstOf(0), firstOf(1), firstOf(2), firstOf(3)]).toEqual([1, 2, 4, 1]);
  });
});

describe('what adaptation changed', () => {
  const before = Float32Array.of(1, 2, 3, 4);
  it.each([
    [[1, 2, 3, 4], undefined],
    [[1, 9, 3, 4], { begin: 1, values: Float32Array.of(9) }],
    [[1, 9, 3, 8], { begin: 1, values: Float32Array.of(9, 3, 8) }],
    [[9, 2, 3, 8], { begin: 0, values: Float32Array.of(9, 2, 3, 8) }],
  ])('%j: is kept from the first change to the last, and can be put back', (after, wanted) => {
    const span = changedSpan(before, Float32Array.from(after));
    expect(span).toEqual(wanted);
    if (span) expect([...withSpan(() => before, 4, span)]).toEqual(after);
    expect([...before]).toEqual([1, 2, 3, 4]);
  });
});

describe('the inner loop', () => {
  // L(w) = (w - 3)^2 has the gradient 2 (w - 3): three steps of rate a give w_k = 3 + (1 - 2a)^k (w - 3).
  const w = store.create('w', [1], constant(1));
  const rate = store.create('rate', [1], constant(0.1));
  const loss = (values: ReadonlyMap<Parameter, Tensor>): Scalar =>
    sum(square(sub(values.get(w) ?? w.value, 3))) as Scalar;

  it('descends', () => {
    tidy(() => {
      const loop = new InnerLoop({ parameters: [w], optimizer: 'sgd', rateOf: () => 0.1 });
      expect(loop.values.size).toBe(0);
      for (let i = 0; i < 3; i++) loop.step(loss);
      expect(toHost(loop.values.get(w)!)[0]).toBeCloseTo(3 + 0.8 ** 3 * -2, 5);
    });
  });

  it('is differentiable by the first value and by the rate: the outer loss is (1 - 2a)^2k (w - 3)^2', () => {
    withPortableOps(() =>
      tidy(() => {
        const objective = (): Scalar => {
          const loop = new InnerLoop({ parameters: [w], optimizer: 'sgd', rateOf: () => rate.value });
          for (let i = 0; i < 3; i++) loop.step(loss);
          return loss(loop.values);
        };
        const { gradients } = valueAndGradients(objective, [w.value, rate.value]);
        expect(toHost(gradients[0]!)[0]).toBeCloseTo(2 * 0.8 ** 6 * -2, 4);
        // d/da (1 - 2a)^6 (w - 3)^2 = -12 (1 - 2a)^5 (w - 3)^2
        expect(toHost(gradients[1]!)[0]).toBeCloseTo(-12 * 0.8 ** 5 * 4, 3);
      }),
    );
  });

  it('of adam follows the formula, with moments that begin at 0', () => {
    let [value, m, v] = [1, 0, 0];
    for (let t = 1; t <= 3; t++) {
      const g = 2 * (value - 3);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      value -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    }
    for (let task = 0; task < 2; task++) {
      tidy(() => {
        const loop = new InnerLoop({ parameters: [w], optimizer: 'adam', rateOf: () => 0.1 });
        for (let i = 0; i < 3; i++) loop.step(loss);
        expect(toHost(loop.values.get(w)!)[0]).toBeCloseTo(value, 4);
      });
    }
  });

  it('leaves out what the loss does not depend on', () => {
    const idle = store.create('idle', [2], constant(1));
    tidy(() => {
      const loop = new InnerLoop({ parameters: [w, idle], optimizer: 'sgd', rateOf: () => mul(tensor([1], [1]), 0.1) });
      loop.step(loss);
      expect([...loop.values.keys()]).toEqual([w]);
    });
  });
});
