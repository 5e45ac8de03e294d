import { describe, expect, it } from 'vitest';
import { build, logits, put, shapes } from './tiny-model.js';

// Numbers worked out by hand from the formulas, for the inputs [1, 2], [1, -3] and [-0.5, 4].

describe('dnn', () => {
  it('has a kernel and a bias for each hidden layer and for the logit', () => {
    const model = build('dnn', { hiddenUnits: [4, 3] });
    expect(shapes(model)).toEqual({
      'dnn/deep/0/kernel': [2, 4],
      'dnn/deep/0/bias': [4],
      'dnn/deep/1/kernel': [4, 3],
      'dnn/deep/1/bias': [3],
      'dnn/logit/kernel': [3, 1],
      'dnn/logit/bias': [1],
    });
    model.dispose();
  });

  it('is relu(x W + b) w + c', () => {
    const model = build('dnn');
    put(model, {
      'dnn/deep/0/kernel': [1, -1, 2, 0.5],
      'dnn/deep/0/bias': [0.5, -1],
      'dnn/logit/kernel': [1, -2],
      'dnn/logit/bias': [0.25],
    });
    expect(logits(model)).toEqual([5.75, 0.25, 5.25]);
    model.dispose();
  });
});

/** Cross kernels, and a logit that reads x_1 + 10 x_2 off the cross network's output. */
const cross = {
  'dcnv2/cross/0/kernel': [1, 2, 0, -1],
  'dcnv2/cross/0/bias': [0.5, 0],
};
const second = {
  'dcnv2/cross/1/kernel': [0, 1, 1, 0],
  'dcnv2/cross/1/bias': [0, -1],
};

describe('dcnv2', () => {
  it.each([
    ['one layer: x_0 (x_0 W + b) + x_0', 1, cross, [22.5, -177.5, -160.5]],
    ['two layers: x_0 (x_1 W + b) + x_1', 2, { ...cross, ...second }, [54.5, -240.5, -212.5]],
  ])('crosses, %s', (_, crossLayers, values, wanted) => {
    const model = build('dcnv2', { structure: 'parallel', crossLayers, rank: 0, experts: 1 });
    put(model, { ...values, 'dcnv2/logit/kernel': [1, 10, 0, 0], 'dcnv2/logit/bias': [0] });
    expect(logits(model)).toEqual(wanted);
    model.dispose();
  });

  it('parallel: the logit sees the cross network beside the tower', () => {
    const model = build('dcnv2', { structure: 'parallel', crossLayers: 1, rank: 0, experts: 1 });
    put(model, {
      ...cross,
      'dcnv2/deep/0/kernel': [1, 0, 0, 1],
      'dcnv2/deep/0/bias': [0, 0],
      'dcnv2/logit/kernel': [1, 10, 100, 1000],
      'dcnv2/logit/bias': [0.5],
    });
    expect(logits(model)).toEqual([22.5 + 2100.5, -177.5 + 100.5, -160.5 + 4000.5]);
    model.dispose();
  });

  it('stacked: the tower sees what the cross network gives', () => {
    const model = build('dcnv2', { structure: 'stacked', crossLayers: 1, rank: 0, experts: 1 });
    put(model, {
      ...cross,
      'dcnv2/deep/0/kernel': [1, 0, 0, 1],
      'dcnv2/deep/0/bias': [0, 0],
      'dcnv2/logit/kernel': [1, 10],
      'dcnv2/logit/bias': [0],
    });
    expect(logits(model)).toEqual([22.5, 2.5, 0]);
    model.dispose();
  });

  it('low rank: factors of all experts lie side by side, a single expert has no gate', () => {
    const options = { structure: 'parallel', crossLayers: 1 };
    const several = build('dcnv2', { ...options, rank: 3, experts: 2 });
    expect(shapes(several)).toMatchObject({
      'dcnv2/cross/0/v': [2, 6],
      'dcnv2/cross/0/c/0': [3, 3],
      'dcnv2/cross/0/c/1': [3, 3],
      'dcnv2/cross/0/u': [6, 2],
      'dcnv2/cross/0/bias': [2],
      'dcnv2/cross/0/gate/kernel': [2, 2],
      'dcnv2/logit/kernel': [4, 1],
    });
    several.dispose();
    const one = build('dcnv2', { ...options, rank: 3, experts: 1 });
    expect(Object.keys(shapes(one)).filter((path) => path.includes('gate'))).toEqual([]);
    one.dispose();
  });
});
