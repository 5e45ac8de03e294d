import { Random } from '@mdctr/base';
import {
  sliceBatch,
  splitByDomain,
  type Gradients,
  type HostBatch,
  type AssembledModel,
  type UnitConfig,
} from '@mdctr/core';
import { adam, Optimizer, sgd, toHost } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { expect } from 'vitest';
import { adaSparse, dcnv2, dnn, firstBatch } from '../../../test/support/small-models.js';

export const whole = await firstBatch(96);

/** Rows of two domains: enough for a sum over tasks. */
export const batch = sliceBatch(whole, 0, whole.domainStarts[2]!);

export const smooth = { activation: 'tanh' };

export const adamRule = adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });

export const sgdRule = sgd({ learningRate: 0.1, momentum: 0 });

export interface HostGradients {
  readonly loss: number;
  readonly rows: { readonly ids: Int32Array; readonly gradient: Float32Array };
  readonly dense: ReadonlyMap<string, Float32Array>;
}

export const onHost = ({ loss, rows, dense }: Gradients): HostGradients => ({
  loss: toHost(loss)[0]!,
  rows: { ids: rows.ids, gradient: toHost(rows.gradient) },
  dense: new Map([...dense].map(([{ path }, gradient]) => [path, toHost(gradient)])),
});

/** The gradients that a step would apply. */
export function stepGradients(assembled: AssembledModel, host = batch): HostGradients {
  const optimizer = new Optimizer(sgdRule);
  let found!: HostGradients;
  const context = { ...stepContext(assembled.model, optimizer, new Random(1)) };
  assembled.wrapStep(plainStep)(host, { ...context, apply: (gradients) => void (found = onHost(gradients)) });
  optimizer.dispose();
  return found;
}

/** Loss and gradients of a batch at the model's values, by the ordinary way. */
export function plainGradients(assembled: AssembledModel, host: HostBatch): HostGradients {
  const optimizer = new Optimizer(sgdRule);
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const gradients = context.gradients(host);
  const result = onHost(gradients);
  context.release(gradients);
  optimizer.dispose();
  return result;
}

export const valuesOf = (assembled: AssembledModel): Map<string, Float32Array> =>
  new Map(assembled.model.store.list().map((parameter) => [parameter.path, parameter.toHost()] as const));

export function putValues(assembled: AssembledModel, values: ReadonlyMap<string, Float32Array>): void {
  for (const [path, value] of values) assembled.model.store.get(path)!.write(value);
}

/** Runs `body` at theta'_d: plain descent of dense parameters on the support rows, written into the model. */
export function atAdapted<T>(
  assembled: AssembledModel,
  support: HostBatch,
  rate: number,
  steps: number,
  body: () => T,
): T {
  const meta = valuesOf(assembled);
  for (let i = 0; i < steps; i++) {
    for (const [path, gradient] of plainGradients(assembled, support).dense) {
      if (path.startsWith('maml/')) continue;
      const parameter = assembled.model.store.get(path)!;
      const rates = meta.has(`maml/rate/${path}`) ? meta.get(`maml/rate/${path}`)! : gradient.map(() => rate);
      parameter.write(parameter.toHost().map((value, j) => value - rates[j]! * gradient[j]!));
    }
  }
  const result = body();
  putValues(assembled, meta);
  return result;
}

/** Support, query and weight of each domain's rows: half and half, weighted by query rows. */
export function tasks(host = batch): { support: HostBatch; query: HostBatch; weight: number }[] {
  const parts = splitByDomain(host).map((part) => {
    const cut = Math.round(part.rows / 2);
    return { support: sliceBatch(part, 0, cut), query: sliceBatch(part, cut, part.rows) };
  });
  const rows = parts.reduce((sum, { query }) => sum + query.rows, 0);
  return parts.map((part) => ({ ...part, weight: part.query.rows / rows }));
}

export const backbones: [string, UnitConfig, UnitConfig[]][] = [
  ['dnn', { ...dnn, ...smooth }, []],
  ['dcnv2', { ...dcnv2, ...smooth }, []],
  ['dnn with adasparse', { ...dnn, ...smooth }, [adaSparse]],
  ['dcnv2 with adasparse', { ...dcnv2, ...smooth }, [adaSparse]],
];

/** Values that are not those of a fresh model, so that no gradient is zero by symmetry. */
export function shake(assembled: AssembledModel): void {
  const random = new Random(4);
  for (const parameter of assembled.model.store.trainable()) {
    if (parameter.path.startsWith('maml/')) continue;
    parameter.write(parameter.toHost().map((value) => value + 0.3 * random.normal()));
  }
}

export function largest(values: Float32Array, count: number): number[] {
  return [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!)).slice(0, count);
}

export function centralDifference(
  values: Float32Array,
  i: number,
  step: number,
  at: (v: Float32Array) => number,
): number {
  const moved = (by: number): Float32Array => values.map((value, j) => (j === i ? value + by : value));
  return (at(moved(step)) - at(moved(-step))) / (2 * step);
}

export function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  const scale = Math.max(1e-2, ...Array.from(wanted, Math.abs));
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance * scale);
}
