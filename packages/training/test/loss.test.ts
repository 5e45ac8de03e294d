import { Random } from '@mdctr/base';
import { sliceBatch, splitByDomain, type HostBatch } from '@mdctr/core';
import {
  completeOptions,
  createOptimizer,
  evaluateSplit,
  lossSettings,
  plainStep,
  stepContext,
  train,
  type PartialTrainingOptions,
} from '../src/index.js';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, dnn, maml } from '../../../test/support/small-models.js';
import { options, source, batch } from './small-training.js';

describe('domain weights', () => {
  /** Mean loss of a batch whose rows all are of one domain. */
  const lossOf = (host: HostBatch, more: Partial<PartialTrainingOptions>): number => {
    const assembled = assemble(dnn);
    const full = completeOptions({ ...options, ...more });
    const optimizer = createOptimizer(full);
    const loss = plainStep(host, stepContext(assembled.model, optimizer, new Random(1), lossSettings(full, source)));
    optimizer.dispose();
    assembled.dispose();
    return loss;
  };
  const counts = source.rowsByDomain('train');
  const rows = source.rows('train');
  const parts = splitByDomain(batch);
  const temperature = { kind: 'temperature', temperature: 4 } as const;

  it.each([
    ['balanced', { domainWeights: { kind: 'balanced' } }, -1, undefined],
    ['temperature', { domainWeights: temperature }, 1 / 4 - 1, undefined],
    ['balanced', { domainWeights: { kind: 'balanced' }, domainSampling: temperature }, -1, { exponent: 1 / 4 }],
  ] as const)('%s: n_d^(x - 1), with a mean of 1 over the rows of an epoch', (_kind, more, power, sampling) => {
    const drawn = source.rowsByDomain('train', { ...(sampling && { sampling }) });
    const mean = [...drawn].reduce((sum, [domain, count]) => sum + count * counts.get(domain)! ** power, 0) / rows;
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      const weight = counts.get(part.domainIds[0]!)! ** power / mean;
      expect(lossOf(part, more)).toBeCloseTo(weight * lossOf(part, {}), 5);
    }
  });

  it('weigh the rows of a batch each by its own', () => {
    const more: Partial<PartialTrainingOptions> = { domainWeights: { kind: 'balanced' } };
    const apart = parts.reduce((sum, part) => sum + (part.rows / batch.rows) * lossOf(part, more), 0);
    expect(lossOf(batch, more)).toBeCloseTo(apart, 5);
    expect(lossOf(batch, more)).not.toBeCloseTo(lossOf(batch, {}), 3);
  });

  it('multiply with the weights that the data give', () => {
    const weights = Float32Array.from(batch.order, (_, i) => (i % 3) / 2);
    const more: Partial<PartialTrainingOptions> = { domainWeights: { kind: 'balanced' } };
    const rowLoss = Array.from(batch.order, (_, i) => lossOf(sliceBatch(batch, i, i + 1), more));
    const wanted = rowLoss.reduce((sum, loss, i) => sum + weights[i]! * loss, 0) / batch.rows;
    expect(lossOf({ ...batch, weights }, more)).toBeCloseTo(wanted, 5);
    const [part] = splitByDomain({ ...batch, weights });
    expect([...part!.weights!]).toEqual([...weights.slice(0, part!.rows)]);
  });

  it('and sampling leave the number of steps as it is', async () => {
    const assembled = assemble(dnn);
    const more = { domainSampling: { kind: 'balanced' }, domainWeights: temperature, epochs: 2 } as const;
    const { steps, epochs } = await train(assembled, source, { ...options, ...more }, { seed: 1 });
    expect(steps).toBe(2 * source.count('train', { batchSize: 128 }));
    expect(epochs[1]!.loss).toBeLessThan(epochs[0]!.loss);
    assembled.dispose();
  });
});

describe('label smoothing', () => {
  const lossAt = (labelSmoothing: number, labels = batch.labels!): number => {
    const assembled = assemble(dnn, [adaSparse]);
    const full = completeOptions({ ...options, labelSmoothing });
    const optimizer = createOptimizer(full);
    const loss = plainStep({ ...batch, labels }, stepContext(assembled.model, optimizer, new Random(1), full));
    optimizer.dispose();
    assembled.dispose();
    return loss;
  };

  it('mixes the loss of the labels with that of a coin', () => {
    const turned = batch.labels!.map((label) => 1 - label);
    // Cross entropy is linear in the label: half of a coin's loss is that of the turned labels.
    const coin = (lossAt(0) + lossAt(0, turned)) / 2;
    expect(lossAt(0)).not.toBeCloseTo(coin, 2);
    expect(lossAt(0.3)).toBeCloseTo(0.7 * lossAt(0) + 0.3 * coin, 6);
  });

  it('is not in the metrics', async () => {
    const assembled = assemble(dnn);
    const plain = await evaluateSplit(assembled, source, 'validation');
    expect(await evaluateSplit(assembled, source, 'validation', { labelSmoothing: 0.5 })).toEqual(plain);
    assembled.dispose();
  });

  it('is what variants adapt by', async () => {
    const adapted = async (settings: object): Promise<unknown> => {
      const assembled = assemble(dnn, [maml]);
      const { variants } = (await evaluateSplit(assembled, source, 'validation', settings))!;
      assembled.dispose();
      return variants;
    };
    expect(await adapted({ labelSmoothing: 0.5 })).not.toEqual(await adapted({}));
  });
});
