import { Random } from '@mdctr/base';
import { type HostBatch, type AssembledModel, type UnitConfig } from '@mdctr/core';
import { Optimizer, adam } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { expect } from 'vitest';
import { assemble, dcnv2, dnn, firstBatch, starAll } from '../../../test/support/small-models.js';

export const batch = await firstBatch(256);

export const normed: UnitConfig = { ...starAll, normalization: 'all' };

export const backbones: [string, UnitConfig][] = [
  ['dnn', dnn],
  ['dnn with batch norm', { ...dnn, batchNorm: true }],
  ['dcnv2', dcnv2],
  ['dcnv2, stacked', { ...dcnv2, structure: 'stacked' }],
  ['dcnv2, low rank', { ...dcnv2, rank: 2 }],
];

/** Steps of Adam on these batches; returns the losses. */
export function learn(assembled: AssembledModel, batches: readonly HostBatch[]): number[] {
  const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const step = assembled.wrapStep(plainStep);
  const losses = batches.map((part) => step(part, context));
  optimizer.flush(assembled.model.table);
  optimizer.dispose();
  return losses;
}

/** All values of a model, by path. */
export function takeSnapshot({ store }: AssembledModel['model']): ReadonlyMap<string, Float32Array> {
  return new Map([...store.list(), ...store.tables()].map((holder) => [holder.path, holder.toHost()]));
}

/** A trial whose parameters and moving statistics are away from their start. */
export function trained(backbone: UnitConfig, star: UnitConfig): AssembledModel {
  const assembled = assemble(backbone, [star]);
  learn(assembled, Array<HostBatch>(5).fill(batch));
  return assembled;
}

/** The rows in the opposite order inside each domain. */
export function reversed(host: HostBatch): HostBatch {
  const fields = host.inverse.length / host.rows;
  const from = Array.from(host.domainIds, (_, g) => {
    const rows = Array.from({ length: host.domainStarts[g + 1]! - host.domainStarts[g]! }, (_row, i) => i);
    return rows.map((i) => host.domainStarts[g + 1]! - 1 - i);
  }).flat();
  return {
    ...host,
    order: Int32Array.from(from, (row) => host.order[row]!),
    labels: Float32Array.from(from, (row) => host.labels![row]!),
    inverse: Int32Array.from(from.flatMap((row) => [...host.inverse.subarray(row * fields, (row + 1) * fields)])),
  };
}

/** The same rows in other domains: id `to[id]` for id. */
export function renamed(host: HostBatch, to: readonly number[]): HostBatch {
  return { ...host, domainIds: host.domainIds.map((id) => to[id]!) };
}

export function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-5): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance);
}
