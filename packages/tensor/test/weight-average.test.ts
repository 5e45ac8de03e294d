import { describe, expect, it } from 'vitest';
import {
  adagrad,
  adam,
  liveTensors,
  Optimizer,
  ParameterStore,
  Random,
  sgd,
  tensor,
  tidy,
  uniform,
  WeightAverage,
  type EmbeddingTable,
} from '../src/index.js';
import { expectClose } from './numeric.js';

const ROWS = 9;
const DIM = 2;
const STEPS = 60;
const rules = {
  adam: () => adam({ learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
  'sgd with momentum': () => sgd({ learningRate: 0.1, momentum: 0.8 }),
  sgd: () => sgd({ learningRate: 0.1, momentum: 0 }),
  adagrad: () => adagrad({ learningRate: 0.1, initialAccumulator: 0.1, epsilon: 1e-8 }),
};
const ema = (n: number): number => Math.min(0.9, (1 + n) / (10 + n));
const swa = (n: number): number => (n - 1) / n;
const rateOf = (step: number): number => 0.1 / (1 + 0.05 * step);

interface Trained {
  readonly store: ParameterStore;
  readonly table: EmbeddingTable;
  readonly optimizer: Optimizer;
  /** The batch of each step, from 0; row 8 is in none. */
  readonly step: (n: number, around?: { before: (ids: Int32Array) => void; after: (ids: Int32Array) => void }) => void;
  readonly weights: () => Float32Array[];
  readonly dispose: () => void;
}

function training(rule: keyof typeof rules, decay: number): Trained {
  const store = new ParameterStore(new Random(1));
  const table = store.createTable('table', ROWS, DIM, uniform(1));
  const dense = store.create('dense', [3], uniform(1));
  const optimizer = new Optimizer(rules[rule](), { rows: decay });
  return {
    ...{ store, table, optimizer },
    step(n, around) {
      const random = new Random(7).fork(String(n));
      // Row 0 comes often, row 7 hardly ever.
      const ids = Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7].filter((id) => random.uniform() < 0.6 / (1 + 0.8 * id)));
      const numbers = (count: number): Float32Array =>
        Float32Array.from({ length: count }, () => random.uniform() - 0.4);
      around?.before(ids);
      optimizer.learningRate = rateOf(n);
      optimizer.beginStep();
      tidy(() => {
        optimizer.update(dense, tensor(numbers(3), [3]));
        optimizer.updateRows(table, ids, tensor(numbers(ids.length * DIM), [ids.length, DIM]));
      });
      around?.after(ids);
    },
    weights: () => [table.toHost(), dense.toHost()],
    dispose() {
      optimizer.dispose();
      store.dispose();
    },
  };
}

/** The average of all weights after every step, in float64; `start` steps are not averaged. */
function denseAverage(
  rule: keyof typeof rules,
  decay: number,
  decayOf: (n: number) => number,
  start: number,
): number[] {
  const { step, optimizer, table, weights, dispose } = training(rule, decay);
  let average = weights().flatMap((values) => [...values]);
  for (let n = 0; n < STEPS; n++) {
    step(n);
    optimizer.flush(table);
    const now = weights().flatMap((values) => [...values]);
    const d = n < start ? 0 : decayOf(n - start + 1);
    average = average.map((value, i) => d * value + (1 - d) * now[i]!);
  }
  dispose();
  return average;
}

/** The same by a `WeightAverage`; `at` is called before each step. */
function sparseAverage(
  { step, optimizer, table, store, weights }: Trained,
  decayOf: (n: number) => number,
  start: number,
  at: (n: number, average: WeightAverage) => WeightAverage = (_, average) => average,
): number[] {
  let average = new WeightAverage(optimizer, store.trainable(), table, decayOf);
  for (let n = 0; n < STEPS; n++) {
    if (n === start) average.begin();
    average = at(n, average);
    step(n, { before: (ids) => average.beforeStep(ids), after: (ids) => average.afterStep(ids) });
  }
  average.flush();
  optimizer.flush(table);
  average.swap();
  const found = weights().flatMap((values) => [...values]);
  average.dispose();
  return found;
}

const cases = (Object.keys(rules) as (keyof typeof rules)[]).flatMap((rule) =>
  [0, 0.4].flatMap((decay) =>
    (
      [
        ['ema', ema, 0],
        ['swa', swa, 25],
      ] as const
    ).map(([name, decayOf, start]) => ({ rule, decay, name, decayOf, start })),
  ),
);

describe('an average of weights', () => {
  it.each(cases)(
    'is that of all rows after every step, whatever batches miss: $name, $rule, weight decay $decay',
    ({ rule, decay, decayOf, start }) => {
      const wanted = denseAverage(rule, decay, decayOf, start);
      const trained = training(rule, decay);
      expectClose(sparseAverage(trained, decayOf, start), wanted, 1e-4);
      trained.dispose();
    },
  );

  it('leaves the weights as they are without it', () => {
    const plain = training('adam', 0.1);
    for (let n = 0; n < STEPS; n++) plain.step(n);
    plain.optimizer.flush(plain.table);
    const again = training('adam', 0.1);
    const average = new WeightAverage(again.optimizer, again.store.trainable(), again.table, ema);
    average.begin();
    for (let n = 0; n < STEPS; n++) {
      again.step(n, { before: (ids) => average.beforeStep(ids), after: (ids) => average.afterStep(ids) });
    }
    average.flush();
    again.optimizer.flush(again.table);
    average.swap();
    average.swap();
    expect(again.weights()).toEqual(plain.weights());
    average.dispose();
    for (const one of [plain, again]) one.dispose();
  });

  it.each([
    ['ema', ema, 0],
    ['swa', swa, 25],
  ] as const)('goes on from a state to the same bits, and leaves no tensors behind: %s', (_name, decayOf, start) => {
    const run = (stops: readonly number[]): number[] => {
      const trained = training('adam', 0.1);
      const found = sparseAverage(trained, decayOf, start, (n, average) => {
        if (!stops.includes(n)) return average;
        const state = average.exportState();
        const copies = [...(state?.arrays ?? [])].map(([name, array]) => {
          const values = array.values.slice();
          return [name, { ...('dtype' in array && { dtype: array.dtype }), shape: array.shape, values }] as const;
        });
        average.dispose();
        const next = new WeightAverage(trained.optimizer, trained.store.trainable(), trained.table, decayOf);
        if (state) next.importState({ start: state.start, arrays: new Map(copies) as typeof state.arrays });
        return next;
      });
      trained.dispose();
      return found;
    };
    const whole = run([]);
    const before = liveTensors();
    expect(run([3, 26, 27, 50])).toEqual(whole);
    expect(liveTensors()).toBe(before);
  });
});
