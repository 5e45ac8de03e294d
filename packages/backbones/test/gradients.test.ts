import type { AssembledModel } from '@mdctr/core';
import { mul, sum, tensor, tidy, toHost, valueAndGradients, type Scalar, type Tensor } from '@mdctr/tensor';
import { expect, it } from 'vitest';
import { batch, build, EMBEDDINGS, put } from './tiny-model.js';

const STEP = 1e-2;

/** Half the sum of the squared logits in training mode. */
const lossOf = ({ model }: AssembledModel, rows: Tensor): Scalar => {
  const { logits } = model.run(rows, batch, { training: true });
  return sum(mul(mul(logits, logits), 0.5)) as Scalar;
};

const leaf = (values: readonly number[]): Tensor => tensor(values, [EMBEDDINGS.length, 1]);

// Without kinks, which a step would cross.
const smooth = { activation: 'tanh', hiddenUnits: [3] };

it.each([
  ['dnn', { ...smooth, hiddenUnits: [3, 2] }],
  ['dcnv2', { ...smooth, structure: 'parallel', crossLayers: 2, rank: 0, experts: 1 }],
  ['dcnv2', { ...smooth, structure: 'stacked', crossLayers: 1, rank: 0, experts: 1 }],
  ['dcnv2', { ...smooth, structure: 'parallel', crossLayers: 1, rank: 2, experts: 3 }],
])('%s with %o has the gradients of finite differences, in every parameter and embedding', (name, options) => {
  const trial = build(name, options);
  const parameters = trial.model.store.trainable();
  const read = (values: readonly number[] = EMBEDDINGS): number => {
    let loss = 0;
    tidy(() => void (loss = toHost(lossOf(trial, leaf(values)))[0]!));
    return loss;
  };
  const analytic: number[][] = [];
  tidy(() => {
    const rows = leaf(EMBEDDINGS);
    const inputs = [rows, ...parameters.map(({ value }) => value)];
    const { gradients } = valueAndGradients(() => lossOf(trial, rows), inputs);
    analytic.push(...gradients.map((gradient) => [...toHost(gradient!)]));
  });

  /** The derivative by element `i` of some values, by a step in both directions. */
  const differenceOf = (values: readonly number[], i: number, lossAt: (changed: number[]) => number): number => {
    const at = (step: number): number => lossAt(values.map((value, j) => (j === i ? value + step : value)));
    return (at(STEP) - at(-STEP)) / (2 * STEP);
  };
  const check = (what: string, found: readonly number[], difference: (i: number) => number): void =>
    found.forEach((value, i) => {
      const wanted = difference(i);
      expect(Math.abs(value - wanted), `${what}[${i}]: ${value}, by differences ${wanted}`).toBeLessThan(
        2e-2 * Math.max(1, Math.abs(wanted)),
      );
    });

  check('embeddings', analytic[0]!, (i) => differenceOf(EMBEDDINGS, i, read));
  parameters.forEach((parameter, p) => {
    const values = [...parameter.toHost()];
    check(parameter.path, analytic[p + 1]!, (i) =>
      differenceOf(values, i, (changed) => {
        put(trial, { [parameter.path]: changed });
        return read();
      }),
    );
    put(trial, { [parameter.path]: values });
  });
  trial.dispose();
});
