import type { NamedArray } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import {
  adagrad,
  adam,
  constant,
  Optimizer,
  ParameterStore,
  Random,
  rowWiseAdagrad,
  sgd,
  tensor,
  tidy,
  toHost,
  type UpdateRule,
} from '../src/index.js';
import { expectClose } from './numeric.js';

const rules: [string, () => UpdateRule, number[]][] = [
  // Three steps from w = 1 with gradients .5, -.25, 1, worked out in float64 from the formulas.
  ['sgd', () => sgd({ learningRate: 0.1, momentum: 0 }), reference((s, g) => ((s.w -= 0.1 * g), s))],
  [
    'sgd with momentum',
    () => sgd({ learningRate: 0.1, momentum: 0.9 }),
    reference((s, g) => ((s.m = 0.9 * s.m + g), (s.w -= 0.1 * s.m), s)),
  ],
  [
    'adagrad',
    () => adagrad({ learningRate: 0.1, initialAccumulator: 0.2, epsilon: 1e-3 }),
    reference((s, g) => ((s.v += g * g), (s.w -= (0.1 * g) / (Math.sqrt(s.v + 0.2) + 1e-3)), s)),
  ],
  [
    // Rows whose weights have one gradient, as those of the table below, are as in Adagrad.
    'rowWiseAdagrad',
    () => rowWiseAdagrad({ learningRate: 0.1, initialAccumulator: 0.2, epsilon: 1e-3 }),
    reference((s, g) => ((s.v += g * g), (s.w -= (0.1 * g) / (Math.sqrt(s.v + 0.2) + 1e-3)), s)),
  ],
  [
    'adam',
    () => adam({ learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-2 }),
    reference((s, g, t) => {
      s.m = 0.9 * s.m + 0.1 * g;
      s.v = 0.99 * s.v + 0.01 * g * g;
      s.w -= (0.1 * s.m) / (1 - 0.9 ** t) / (Math.sqrt(s.v / (1 - 0.99 ** t)) + 1e-2);
      return s;
    }),
  ],
];

interface State {
  w: number;
  m: number;
  v: number;
}

function reference(step: (state: State, gradient: number, t: number) => State): number[] {
  let state: State = { w: 1, m: 0, v: 0 };
  return [0.5, -0.25, 1].map((g, i) => (state = step({ ...state }, g, i + 1)).w);
}

describe.each(rules)('%s', (_name, rule, wanted) => {
  it('leaves a parameter alone in steps without its gradient, and counts its own updates', () => {
    const store = new ParameterStore(new Random(1));
    const parameter = store.create('w', [2], constant(1));
    const optimizer = new Optimizer(rule());
    const seen = [0.5, undefined, -0.25, undefined, 1].flatMap((g) => {
      optimizer.beginStep();
      if (g === undefined) return [];
      tidy(() => {
        optimizer.update(parameter, tensor([g, g], [2]));
        return [];
      });
      return [parameter.toHost()[1]!];
    });
    expectClose(seen, wanted, 1e-5);
    optimizer.dispose();
    store.dispose();
  });

  it('follows the formula on a dense parameter', () => {
    const store = new ParameterStore(new Random(1));
    const parameter = store.create('w', [2], constant(1));
    const optimizer = new Optimizer(rule());
    const seen = [0.5, -0.25, 1].map((g) => {
      optimizer.beginStep();
      tidy(() => optimizer.update(parameter, tensor([g, g], [2])));
      return parameter.toHost()[1]!;
    });
    expectClose(seen, wanted, 1e-5);
    optimizer.dispose();
    store.dispose();
  });

  it('decays weights by rate and decay before the update, as AdamW does', () => {
    const store = new ParameterStore(new Random(1));
    const [plain, decayed] = [store.create('w', [1], constant(2)), store.create('v', [1], constant(2))];
    const optimizer = new Optimizer(rule(), { of: ({ path }) => (path === 'v' ? 0.5 : 0) });
    optimizer.learningRate = 0.2;
    optimizer.beginStep();
    tidy(() => [plain, decayed].forEach((parameter) => optimizer.update(parameter, tensor([0.5], [1]))));
    expectClose([decayed.toHost()[0]!], [plain.toHost()[0]! - 2 * 0.2 * 0.5], 1e-5);
    optimizer.dispose();
    store.dispose();
  });

  it('takes the rate of each step', () => {
    const store = new ParameterStore(new Random(1));
    const [parameter, slower] = [store.create('w', [2], constant(1)), store.create('v', [2], constant(1))];
    const optimizer = new Optimizer(rule());
    const move = (of: typeof parameter): number => {
      const before = of.toHost()[0]!;
      optimizer.beginStep();
      tidy(() => optimizer.update(of, tensor([0.5, 0.5], [2])));
      return of.toHost()[0]! - before;
    };
    const full = move(parameter);
    optimizer.learningRate /= 4;
    expectClose([4 * move(slower)], [full], 1e-4);
    optimizer.dispose();
    store.dispose();
  });

  it('changes only the touched rows of a table, as the dense rule would', () => {
    const store = new ParameterStore(new Random(1));
    const table = store.createTable('table', 5, 2, constant(1));
    const optimizer = new Optimizer(rule());
    for (const g of [0.5, -0.25, 1]) {
      optimizer.beginStep();
      tidy(() => optimizer.updateRows(table, Int32Array.of(3, 1), tensor([g, g, 2 * g, 2 * g], [2, 2])));
    }
    const values = table.toHost();
    expectClose([values[6]!, values[7]!], [wanted[2]!, wanted[2]!], 1e-5);
    expect([...values.slice(0, 2), ...values.slice(4, 6), ...values.slice(8)]).toEqual([1, 1, 1, 1, 1, 1]);
    optimizer.dispose();
    store.dispose();
  });
});

describe.each([
  ['adam', () => adam({ learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 })],
  ['sgd with momentum', () => sgd({ learningRate: 0.1, momentum: 0.9 })],
  ['adagrad', () => adagrad({ learningRate: 0.1, initialAccumulator: 0, epsilon: 1e-8 })],
])('%s on rows that batches miss', (_name, rule) => {
  it.each([
    ['one learning rate', () => 0.1, 0],
    ['a rate that changes every step', (step: number) => 0.1 * (1 + step) * 0.6 ** step, 0],
    ['such a rate with weight decay', (step: number) => 0.1 * (1 + step) * 0.6 ** step, 0.9],
  ])('gives what a dense update with zero gradients gives, at %s', (_rates, rateOf, decay) => {
    const store = new ParameterStore(new Random(1));
    const sparse = store.createTable('sparse', 6, 3, constant(1));
    const dense = store.create('dense', [6, 3], constant(1));
    const forTable = new Optimizer(rule(), { rows: decay });
    const forDense = new Optimizer(rule(), { of: () => decay });
    const batches = [[0, 1], [2, 1], [1, 3], [0, 4], [1], [2, 3], [1, 2, 3]];
    for (const [n, ids] of batches.entries()) {
      tidy(() => {
        const gradient = Float32Array.from({ length: ids.length * 3 }, (_, i) => Math.sin(n * 7 + i + 1));
        const full = new Float32Array(18);
        ids.forEach((id, i) => full.set(gradient.subarray(i * 3, i * 3 + 3), id * 3));
        const index = Int32Array.from(ids);
        const seen = toHost(forTable.lookup(sparse, index));
        expectClose(
          seen,
          ids.flatMap((id) => [...dense.toHost().slice(id * 3, id * 3 + 3)]),
          1e-4,
        );
        toHost(forTable.lookup(sparse, Int32Array.of(5, (n + 1) % 5))); // a step may look other rows up in between
        forTable.learningRate = forDense.learningRate = rateOf(n);
        forTable.beginStep();
        forDense.beginStep();
        forTable.updateRows(sparse, index, tensor(gradient, [ids.length, 3]));
        forDense.update(dense, tensor(full, [6, 3]));
      });
    }
    forTable.flush(sparse);
    expectClose(sparse.toHost(), dense.toHost(), 1e-4);
    const left = batches.reduce((product, _, n) => product * (1 - decay * rateOf(n)), 1);
    expectClose(sparse.toHost().slice(15), [left, left, left], 1e-5); // never in a batch
    forTable.dispose();
    forDense.dispose();
    store.dispose();
  });
});

describe.each(rules)('%s, exported and imported', (_name, rule) => {
  it('goes on with the same bits, rows that miss steps included', () => {
    const batches = [[0, 1], [2, 1], [1, 3], [0, 4], [1], [2, 3], [0, 1, 2, 3, 4]];
    const run = (moveAt?: number): Float32Array => {
      let store = new ParameterStore(new Random(1));
      const make = () => [store.createTable('table', 5, 2, constant(1)), store.create('w', [2], constant(1))] as const;
      let [table, parameter] = make();
      let optimizer = new Optimizer(rule(), { rows: 0.3 });
      for (const [n, ids] of batches.entries()) {
        if (n === moveAt) {
          const state = optimizer.exportState();
          // As through a file: values are fetched before anything goes on.
          const arrays = new Map(
            [...state.arrays].map(([name, array]) => {
              const { chunks: _, ...plain } = array as NamedArray;
              return [name, structuredClone(plain)] as const;
            }),
          );
          const values = [table.toHost(), parameter.toHost()] as const;
          optimizer.dispose();
          store.dispose();
          store = new ParameterStore(new Random(2));
          [table, parameter] = make();
          table.write(values[0]);
          parameter.write(values[1]);
          optimizer = new Optimizer(rule(), { rows: 0.3 });
          optimizer.importState({ ...state, arrays }, store.trainable(), store.tables());
          expect(optimizer.steps).toBe(n);
        }
        tidy(() => {
          const index = Int32Array.from(ids);
          const seen = optimizer.lookup(table, index);
          optimizer.learningRate = 0.1 / (n + 1);
          optimizer.beginStep();
          const gradient = Float32Array.from(toHost(seen), (value, i) => Math.sin(n * 7 + i + value));
          optimizer.updateRows(table, index, tensor(gradient, [ids.length, 2]));
          if (n % 2 === 0) optimizer.update(parameter, tensor([0.3, -n], [2]));
        });
      }
      optimizer.flush(table);
      const result = Float32Array.of(...table.toHost(), ...parameter.toHost());
      optimizer.dispose();
      store.dispose();
      return result;
    };
    const whole = run();
    for (const moveAt of [1, 4, 6]) expect(run(moveAt)).toEqual(whole);
  });
});
