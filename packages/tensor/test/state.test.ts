import { describe, expect, it } from 'vitest';
import { adam, constant, liveTensors, Optimizer, ParameterStore, Random, tensor, tidy, toHost } from '../src/index.js';
import { native } from './numeric.js';

describe('random streams', () => {
  it('go on from a saved state, half a pair of normal numbers included', () => {
    const stream = new Random(5).fork('dropout');
    stream.normal();
    const state = JSON.parse(JSON.stringify(stream.state())) as ReturnType<Random['state']>;
    const wanted = [stream.normal(), stream.normal(), stream.uniform()];
    const other = new Random(6);
    other.restore(state);
    expect([other.normal(), other.normal(), other.uniform()]).toEqual(wanted);
  });
});

describe('state', () => {
  it('holds no more tensors after many steps than after the first', () => {
    const store = new ParameterStore(new Random(1));
    const table = store.createTable('table', 50, 4, constant(0.5));
    const parameter = store.create('w', [3, 4], constant(1));
    const optimizer = new Optimizer(adam({ learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }));
    const before = liveTensors();
    const step = (ids: number[]): void =>
      void tidy(() => {
        const index = Int32Array.from(ids);
        toHost(optimizer.lookup(table, index));
        optimizer.beginStep();
        optimizer.updateRows(table, index, tensor(new Float32Array(ids.length * 4).fill(1), [ids.length, 4]));
        optimizer.update(parameter, tensor(new Float32Array(12).fill(1), [3, 4]));
        parameter.value.dataSync();
      });
    step([1, 2, 3]);
    step([1, 2, 3]);
    const first = liveTensors();
    for (let i = 0; i < 10; i++) step([i, i + 10, i + 20, i + 30].slice(0, 1 + (i % 4)));
    expect(liveTensors()).toBe(first);
    optimizer.dispose();
    store.dispose();
    expect(liveTensors()).toBeLessThanOrEqual(before);
  });

  it.skipIf(!native)('refuses two parameters of one path', () => {
    const store = new ParameterStore(new Random(1));
    store.create('a/b', [1], constant(0));
    expect(() => store.create('a/b', [1], constant(0))).toThrow('MDCTR_PARAMETER_DUPLICATE');
    store.dispose();
  });

  it('draws a parameter from seed and path alone', () => {
    const draw = (seed: number, others: boolean): Float32Array => {
      const store = new ParameterStore(new Random(seed));
      const init = (shape: readonly number[], random: Random): Float32Array =>
        Float32Array.from({ length: shape[0]! }, () => random.normal());
      if (others) store.create('other', [9], init);
      const values = store.create('a', [4], init).toHost();
      store.dispose();
      return values;
    };
    expect(draw(1, true)).toEqual(draw(1, false));
    expect(draw(2, false)).not.toEqual(draw(1, false));
  });

  it('a copy begins with the values of its origin', () => {
    const store = new ParameterStore(new Random(1));
    const init = (shape: readonly number[], random: Random): Float32Array =>
      Float32Array.from({ length: shape[0]! }, () => random.normal());
    const first = store.create('net/kernel', [4], init);
    const copy = store.create('net/copy/kernel', [4], init, true, 'net/kernel');
    expect(copy.toHost()).toEqual(first.toHost());
    store.dispose();
  });

  it('is held: what a pass writes to it is dropped, trained parameters excepted', () => {
    const store = new ParameterStore(new Random(1));
    const state = store.create('mean', [1], constant(1), false);
    const weight = store.create('w', [1], constant(1));
    store.holdStates(() => {
      state.write(Float32Array.of(5));
      weight.write(Float32Array.of(5));
    });
    expect([state.toHost()[0], weight.toHost()[0]]).toEqual([1, 5]);
    state.write(Float32Array.of(2));
    expect(state.toHost()[0]).toBe(2);
    store.dispose();
  });
});
