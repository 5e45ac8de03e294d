import { assembleModel, type AssembledModel, type BatchOptions } from '@mdctr/core';
import { loadData, openBatches } from '@mdctr/data';
import { describe, expect, it } from 'vitest';
import { builtinRegistry } from '../../../test/support/registry.js';
import { dnn, maml } from '../../../test/support/small-models.js';
import { lossSettings, completeOptions, evaluateSplit, predictSplit, train } from '../src/index.js';
import { options } from './small-training.js';

const data = await loadData({
  source: { kind: 'synthetic', rows: 12_000, domains: 4, seed: 5, fields: [30, 20, 5], clickRate: 0.1 },
  label: 'click',
  domain: 'position',
  fields: [],
  exclude: [],
  minFrequency: 2,
  split: { by: 'seed', seed: 1, validation: 0.3, test: 0.1 },
});
const source = openBatches(data);
const rate = 0.2;
const labels = data.labels!;

function assemble(negativeSampling: number, plugins: (typeof maml)[] = []): AssembledModel {
  const embedding = { dim: 4, initStd: 0.1 };
  return assembleModel({
    ...{ registry: builtinRegistry(), schema: data.schema, embedding, backbone: dnn, plugins },
    ...{ seed: 1, negativeSampling },
  });
}

describe('a pass with sampled negatives', () => {
  const rowsOf = async (more: Partial<BatchOptions> = {}, epoch = 1): Promise<number[]> => {
    const negatives = { rate, seed: 1, epoch };
    const rows: number[] = [];
    const pass = { batchSize: 256, negatives, shuffle: { seed: 1, epoch }, ...more };
    for await (const { order } of source.batches('train', pass)) rows.push(...order);
    expect(source.count('train', pass)).toBe(Math.ceil(rows.length / 256));
    return rows.sort((a, b) => a - b);
  };

  it('has every click, and that share of the other rows, anew each epoch', async () => {
    const rows = await rowsOf();
    const clicks = [...data.splits.train].filter((row) => labels[row]! > 0);
    expect(rows.filter((row) => labels[row]! > 0)).toEqual(clicks);
    const others = data.splits.train.length - clicks.length;
    const kept = rows.length - clicks.length;
    expect(Math.abs(kept / others - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / others));
    expect(await rowsOf({ shuffle: { seed: 9, epoch: 9 } })).toEqual(rows);
    expect(await rowsOf({}, 2)).not.toEqual(rows);
  });
});

describe('training on sampled negatives', () => {
  const full = { ...options, epochs: 6, patience: 6, negativeSampling: rate } as const;

  it('predicts p / (p + (1 - p) / rate)', async () => {
    const [sampled, plain] = [assemble(rate), assemble(1)];
    const [corrected, raw] = await Promise.all([sampled, plain].map((model) => predictSplit(model, source, 'test')));
    raw!.scores.forEach((p, i) => expect(corrected!.scores[i]).toBeCloseTo(p / (p + (1 - p) / rate), 6));
    sampled.dispose();
    plain.dispose();
  });

  it('takes the steps that the sampled rows have', async () => {
    const assembled = assemble(rate);
    const { steps, epochs } = await train(assembled, source, { ...full, epochs: 3 }, { seed: 1 });
    const counts = [1, 2, 3].map((epoch) =>
      source.count('train', { batchSize: full.batchSize, negatives: { rate, seed: 1, epoch } }),
    );
    expect(steps).toBe(counts.reduce((sum, count) => sum + count, 0));
    expect(epochs.map(({ epochsDone }) => epochsDone)).toEqual([1, 2, 3]);
    expect(steps).toBeLessThan(2 * source.count('train', { batchSize: full.batchSize }));
    assembled.dispose();
  });

  it('gives scores without bias: on rows not trained on, their mean is the share of clicks', async () => {
    const assembled = assemble(rate);
    await train(assembled, source, full, { seed: 1 });
    const { metrics, positives } = (await evaluateSplit(assembled, source, 'validation'))!;
    // Four standard errors, of the clicks to be predicted and of those that the training rows have.
    const error = 4 * Math.sqrt(1 / positives + 1 / (2 * positives));
    expect(error).toBeLessThan(0.5);
    expect(Math.abs(metrics.pcoc! - 1)).toBeLessThan(error);
    assembled.dispose();
  });

  it('gives variants such rows to adapt on, so that they are without bias as well', async () => {
    const assembled = assemble(rate, [maml]);
    const settings = lossSettings(completeOptions(full), source);
    await train(assembled, source, full, { seed: 1 });
    const { variants } = (await evaluateSplit(assembled, source, 'validation', settings))!;
    const { pcoc } = Object.values(variants!)[0]!.metrics;
    expect(Math.abs(pcoc! - 1)).toBeLessThan(0.3);
    assembled.dispose();
  });
});
