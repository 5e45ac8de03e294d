import { readFileSync } from 'node:fs';
import {
  assembleTrial,
  Registry,
  type FeatureSchema,
  type HostBatch,
  type TrialModel,
  type UnitConfig,
} from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as backbones from '@mdctr/backbones';
import { openBatches, type EncodedData } from '@mdctr/data';
import { adam, Optimizer, Random, toHost } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse } from './support.js';

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
interface Case {
  readonly name: string;
  readonly backbone: UnitConfig;
  readonly form: string | null;
  readonly batches: readonly { readonly ids: readonly number[]; readonly labels: readonly number[] }[];
  readonly start: Readonly<Record<string, Values>>;
  readonly logits: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Values>>;
  readonly end: Readonly<Record<string, Values>>;
}

// Made by parity/generate.py.
const { torch, sizes, dim, progress, cases } = JSON.parse(
  readFileSync(new URL('./parity/fixtures.json', import.meta.url), 'utf8'),
) as { torch: string; sizes: number[]; dim: number; progress: number; cases: Case[] };

const schema: FeatureSchema = {
  fields: sizes.map((size, i) => ({ name: `f${i}`, size, offset: sizes.slice(0, i).reduce((a, b) => a + b, 0) })),
  domainFields: ['f0'],
  domains: Array.from({ length: sizes[0]! }, (_, i) => (i === 0 ? '(unseen)' : `d${i}`)),
};

async function batchesOf({ batches }: Case): Promise<HostBatch[]> {
  const ids = Int32Array.from(batches.flatMap((batch) => batch.ids));
  const labels = Float32Array.from(batches.flatMap((batch) => batch.labels));
  const data: EncodedData = {
    schema,
    rows: labels.length,
    ids,
    labels,
    domains: Int32Array.from(labels, (_, row) => ids[row * sizes.length]!),
    splits: { train: Int32Array.from(labels, (_, row) => row), validation: new Int32Array(), test: new Int32Array() },
    featureMap: { schema, fields: [], vocabularies: [], label: 'click' },
  };
  const result: HostBatch[] = [];
  const batchSize = batches[0]!.labels.length;
  for await (const batch of openBatches(data).batches('train', { batchSize })) result.push(batch);
  return result;
}

/** The model of a case with the fixture's weights in it. */
function modelOf({ backbone, form, start }: Case): TrialModel {
  const registry = new Registry();
  registry.addModule(backbones, '@mdctr/backbones');
  registry.addModule(adasparse, '@mdctr/adasparse');
  const plugins = form ? [{ ...adaSparse, form }] : [];
  const trial = assembleTrial({ registry, schema, embedding: { dim, initStd: 0.1 }, backbone, plugins, seed: 1 });
  const { store, table } = trial.model;
  const paths = ['embedding', ...store.trainable().map(({ path }) => path)];
  expect(paths.sort()).toEqual(Object.keys(start).sort());
  for (const parameter of store.trainable()) parameter.write(Float32Array.from(start[parameter.path]!.values));
  table.write(Float32Array.from(start.embedding!.values));
  trial.setProgress(progress);
  return trial;
}

/** float32 against float64: the largest deviation, relative to the largest value. */
function expectNear(found: ArrayLike<number>, wanted: readonly number[], tolerance: number, what: string): void {
  expect(found.length, what).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  const deviation = Math.max(...wanted.map((value, i) => Math.abs(found[i]! - value)));
  expect(deviation / scale, what).toBeLessThan(tolerance);
}

describe.each(cases)(`parity with PyTorch ${torch}: $name`, (fixture) => {
  it('scores, loss, gradients, and weights after three Adam steps', async () => {
    const batches = await batchesOf(fixture);
    const trial = modelOf(fixture);
    const { model } = trial;
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(model, optimizer, new Random(1));

    const gradients = context.gradients(batches[0]!);
    expect(toHost(gradients.loss)[0]).toBeCloseTo(fixture.loss, 5);
    expect(gradients.dense.size).toBe(model.store.trainable().length);
    for (const [{ path }, gradient] of gradients.dense) {
      expectNear(toHost(gradient), fixture.gradients[path]!.values, 2e-5, path);
    }
    const embedding = new Float32Array(fixture.gradients.embedding!.values.length);
    const rows = toHost(gradients.rows.gradient);
    gradients.rows.ids.forEach((id, i) => embedding.set(rows.subarray(i * dim, (i + 1) * dim), id * dim));
    expectNear(embedding, fixture.gradients.embedding!.values, 2e-5, 'embedding');
    context.release(gradients);

    // Batch norm scores with moving statistics, which the fixture's training pass does not use.
    if (fixture.backbone.batchNorm !== true) {
      const wanted = fixture.logits.map((logit) => 1 / (1 + Math.exp(-logit)));
      expectNear(model.predict(batches[0]!), wanted, 1e-5, 'scores');
    }

    for (const batch of batches) plainStep(batch, context);
    optimizer.flush(model.table);
    for (const parameter of model.store.trainable()) {
      // What only shifts the input of a batch norm has no gradient but rounding noise, which Adam scales to full steps.
      const moved = fixture.gradients[parameter.path]!.values.map((gradient) => Math.abs(gradient) > 1e-12);
      const pick = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => moved[i]);
      expectNear(pick(parameter.toHost()), pick(fixture.end[parameter.path]!.values), 1e-4, parameter.path);
    }
    expectNear(model.table.toHost(), fixture.end.embedding!.values, 1e-4, 'embedding');
    optimizer.dispose();
    trial.dispose();
  });
});
