import { describe, expect, it } from 'vitest';
import { liveTensors, Optimizer, ParameterStore, Random, rowWiseAdagrad, tensor, tidy, uniform } from '../src/index.js';
import { expectClose } from './numeric.js';

const ROWS = 5;
const DIM = 3;
const EPSILON = 1e-3;
const batches = [[0, 1], [2, 1], [1, 3], [0, 4], [1], [2, 3], [1, 2, 3]];
const rateOf = (step: number): number => 0.1 * (1 + step) * 0.6 ** step;
const gradientOf = (step: number, count: number): Float32Array =>
  Float32Array.from({ length: count * DIM }, (_, i) => Math.sin(step * 7 + i + 1));

function start(decay: number) {
  const store = new ParameterStore(new Random(1));
  const table = store.createTable('table', ROWS, DIM, uniform(1));
  const rule = rowWiseAdagrad({ learningRate: 0.1, initialAccumulator: 0.2, epsilon: EPSILON });
  const optimizer = new Optimizer(rule, { rows: decay });
  return { store, table, optimizer, first: table.toHost() };
}

function step({ table, optimizer }: ReturnType<typeof start>, n: number, ids: readonly number[]): void {
  tidy(() => {
    const index = Int32Array.from(ids);
    optimizer.lookup(table, index).dispose();
    optimizer.learningRate = rateOf(n);
    optimizer.beginStep();
    optimizer.updateRows(table, index, tensor(gradientOf(n, ids.length), [ids.length, DIM]));
  });
}

describe('row-wise Adagrad', () => {
  it.each([0, 0.9])('has one accumulator a row, the sum of mean squares; weight decay %s reaches all rows', (decay) => {
    const trained = start(decay);
    const weights = [...trained.first];
    const sums = new Float64Array(ROWS).fill(0.2);
    for (const [n, ids] of batches.entries()) {
      step(trained, n, ids);
      const gradient = gradientOf(n, ids.length);
      for (let i = 0; i < weights.length; i++) weights[i]! *= 1 - rateOf(n) * decay;
      ids.forEach((id, i) => {
        const row = gradient.subarray(i * DIM, (i + 1) * DIM);
        sums[id]! += row.reduce((sum, g) => sum + g * g, 0) / DIM;
        row.forEach((g, j) => (weights[id * DIM + j]! -= (rateOf(n) * g) / (Math.sqrt(sums[id]!) + EPSILON)));
      });
    }
    trained.optimizer.flush(trained.table);
    expectClose(trained.table.toHost(), weights, 1e-5);
    const { arrays } = trained.optimizer.exportState();
    expect(arrays.get('slot/0/table')!.shape).toEqual([ROWS, 1]);
    expectClose(arrays.get('slot/0/table')!.values as Float32Array, [...sums], 1e-5);
    trained.optimizer.dispose();
    trained.store.dispose();
  });

  it('goes on from a state to the same bits, and leaves no tensors behind', () => {
    const run = (stop: number | undefined): Float32Array => {
      const trained = start(0.5);
      let current = trained;
      for (const [n, ids] of batches.entries()) {
        if (n === stop) {
          const state = current.optimizer.exportState();
          // Without their chunks, which are read from the optimizer.
          const copies = [...state.arrays].map(([name, array]) => {
            const values = array.values.slice();
            return [name, { ...('dtype' in array && { dtype: array.dtype }), shape: array.shape, values }];
          });
          const arrays = new Map(copies as never) as typeof state.arrays;
          const { optimizer, store } = start(0.5);
          store.dispose();
          current.optimizer.dispose();
          optimizer.importState({ ...state, arrays }, [], [trained.table]);
          current = { ...trained, optimizer };
        }
        step(current, n, ids);
      }
      current.optimizer.flush(trained.table);
      const values = trained.table.toHost();
      current.optimizer.dispose();
      trained.store.dispose();
      return values;
    };
    const whole = run(undefined);
    const before = liveTensors();
    expect(run(undefined)).toEqual(whole);
    expect(liveTensors()).toBe(before);
    expect(run(4)).toEqual(whole);
  });
});
