import type { AssembledModel } from '@mdctr/core';
import { expect, it } from 'vitest';
import { build, logits, put } from './tiny-model.js';

const INPUTS = [
  [1, 2],
  [1, -3],
  [-0.5, 4],
];

/** Row vector times a kernel [inputs, outputs], row-major. */
const times = (x: readonly number[], kernel: ArrayLike<number>, outputs: number): number[] =>
  Array.from({ length: outputs }, (_, j) => x.reduce((sum, value, i) => sum + value * kernel[i * outputs + j]!, 0));

function softmax(x: readonly number[]): number[] {
  const powers = x.map(Math.exp);
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/** Equations 3 to 5 of the paper in plain loops: x_0 (sum_i g_i(x_0) U_i tanh(C_i tanh(V_i x_0)) + b) + x_0. */
function crossed({ model }: AssembledModel, x: readonly number[], rank: number, experts: number): number[] {
  const valueOf = (name: string): Float32Array => model.store.get(`dcnv2/cross/0/${name}`)!.toHost();
  const low = times(x, valueOf('v'), experts * rank).map(Math.tanh);
  const gates = experts === 1 ? [1] : softmax(times(x, valueOf('gate/kernel'), experts));
  const u = valueOf('u');
  const sum = [...valueOf('bias')];
  for (let expert = 0; expert < experts; expert++) {
    const part = low.slice(expert * rank, (expert + 1) * rank);
    const inner = times(part, valueOf(`c/${expert}`), rank).map(Math.tanh);
    const outer = times(inner, u.subarray(expert * rank * 2, (expert + 1) * rank * 2), 2);
    outer.forEach((value, i) => (sum[i] = sum[i]! + gates[expert]! * value));
  }
  return x.map((value, i) => value * sum[i]! + value);
}

it.each([
  [1, 1],
  [3, 1],
  [1, 4],
  [2, 3],
])('a low-rank cross layer of rank %i with %i experts is that of the paper', (rank, experts) => {
  const model = build('dcnv2', { structure: 'parallel', crossLayers: 1, rank, experts });
  put(model, {
    'dcnv2/cross/0/bias': [0.25, -0.5],
    'dcnv2/logit/kernel': [1, 10, 0, 0],
    'dcnv2/logit/bias': [0],
  });
  const wanted = INPUTS.map((x) => crossed(model, x, rank, experts)).map(([a, b]) => a! + 10 * b!);
  logits(model).forEach((logit, row) => expect(logit).toBeCloseTo(wanted[row]!, 4));
  model.dispose();
});
