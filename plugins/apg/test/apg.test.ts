import { Random } from '@mdctr/base';
import { Apg } from '../src/index.js';
import {
  DomainPlugin,
  Plugin,
  sliceBatch,
  splitByDomain,
  unitOf,
  type HostBatch,
  type AssembledModel,
} from '@mdctr/core';
import { Star } from '@mdctr/star';
import { adam, liveTensors, Optimizer, toHost } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { WideAndDeep } from '../../../examples/custom-backbone/wide-and-deep.js';
import { adaSparse, apg, assemble, data, dcnv2, dnn, firstBatch, tower } from '../../../test/support/small-models.js';

const batch = await firstBatch(256);
const fields = ['category', 'advertiser'];

const backbones = [
  ['dnn', dnn],
  ['dnn with batch norm', { ...dnn, batchNorm: true }],
  ['dcnv2', dcnv2],
  ['dcnv2, stacked', { ...dcnv2, structure: 'stacked' }],
  ['dcnv2 with low-rank cross layers', { ...dcnv2, rank: 2 }],
  ['a third-party backbone', { name: 'wide-and-deep', ...tower, wide: true }],
] as const;
const variants: [string, object][] = [
  ['defaults', {}],
  ['no over-parameterisation', { overParameterization: 0, hyperUnits: [5], generatedBias: true }],
  ['everything generated', { sharedFactors: false }],
  ['fields', { condition: 'fields', fields }],
  ['fields, sum', { condition: 'fields', fields, aggregation: 'sum' }],
  ['fields, attention', { condition: 'fields', fields, aggregation: 'attention' }],
  ['input', { condition: 'input' }],
];

const build = (backbone: { name: string }, options: object = {}, others: { name: string }[] = []): AssembledModel =>
  assemble(backbone, [{ ...apg, ...options }, ...others], [WideAndDeep]);
const paths = (assembled: AssembledModel): string[] => assembled.model.store.list().map(({ path }) => path);

/** A trial with its optimizer; `train` gives the loss of each step. */
function trainer(assembled: AssembledModel, learningRate = 0.01) {
  const optimizer = new Optimizer(adam({ learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const step = assembled.wrapStep(plainStep);
  return {
    context,
    train: (host: HostBatch, steps: number) => Array.from({ length: steps }, () => step(host, context)),
    dispose: () => {
      optimizer.dispose();
      assembled.dispose();
    },
  };
}

function close(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  Array.from(wanted, (value, i) => expect(found[i]).toBeCloseTo(value, 5));
}

describe.each(backbones)('apg on %s', (_backbone, backbone) => {
  it.each(variants)('%s: learns, every parameter gets a gradient, and no tensor is left behind', (_name, options) => {
    const assembled = build(backbone, options);
    const { context, train, dispose } = trainer(assembled);
    const losses = train(batch, 12);
    expect(losses[11]!).toBeLessThan(losses[0]!);
    const gradients = context.gradients(batch);
    const reached = [...gradients.dense].filter(([, gradient]) => toHost(gradient).some((value) => value !== 0));
    expect(reached.map(([{ path }]) => path)).toEqual(assembled.model.store.trainable().map(({ path }) => path));
    context.release(gradients);
    const after = (body: () => void): number => {
      body();
      return liveTensors();
    };
    expect(after(() => train(batch, 1))).toBe(after(() => train(batch, 1)));
    expect(after(() => assembled.model.predict(batch))).toBe(after(() => assembled.model.predict(batch)));
    dispose();
  });

  it.each(variants)('%s: a row’s prediction depends on the row alone', (_name, options) => {
    const assembled = build(backbone, options);
    trainer(assembled).train(batch, 3);
    const whole = assembled.model.predict(batch);
    for (const row of [0, 100, batch.rows - 1]) {
      close(assembled.model.predict(sliceBatch(batch, row, row + 1)), whole.slice(row, row + 1));
    }
    close(assembled.model.predict(backwards(batch)), backwardsOf(whole, batch));
    assembled.dispose();
  });
});

/** The same rows, in the opposite order inside each domain. */
function backwards(host: HostBatch): HostBatch {
  const width = data.schema.fields.length;
  const rows = Array.from({ length: host.rows }, (_, row) => [...host.inverse.slice(row * width, (row + 1) * width)]);
  return { ...host, inverse: Int32Array.from(backwardsOf(rows, host).flat()) };
}

function backwardsOf<T>(rows: ArrayLike<T>, { domainIds, domainStarts }: HostBatch): T[] {
  return Array.from(domainIds).flatMap((_, g) =>
    Array.from(rows)
      .slice(domainStarts[g], domainStarts[g + 1])
      .reverse(),
  );
}

@Plugin('kernel-folder', { owns: { kernel: 'folds kernels' } })
class KernelFolder extends DomainPlugin {}

describe('what it replaces', () => {
  it('the kernels of deep and cross layers are not made, the last layer stays as it is', () => {
    const assembled = build(dcnv2);
    const made = paths(assembled);
    expect(made.filter((path) => path.startsWith('dcnv2/'))).toEqual(['dcnv2/logit/kernel', 'dcnv2/logit/bias']);
    const site = ['v-left', 'v-right', 'u-left', 'u-right', 'bias', 'hyper/core/kernel', 'hyper/core/bias'];
    for (const layer of ['cross/0', 'cross/1', 'deep/0', 'deep/1']) {
      const paths = made.filter((path) => path.startsWith(`apg/${layer}/`));
      expect(new Set(paths)).toEqual(new Set(site.map((name) => `apg/${layer}/${name}`)));
    }
    assembled.dispose();
  });

  it.each([
    ['deep', ['deep/0', 'deep/1'], ['cross/0', 'cross/1']],
    ['cross', ['cross/0', 'cross/1'], ['deep/0', 'deep/1']],
  ])('layers: %s', (layers, taken, left) => {
    const assembled = build(dcnv2, { layers });
    for (const layer of taken) expect(paths(assembled)).toContain(`apg/${layer}/bias`);
    for (const layer of left) expect(paths(assembled)).toContain(`dcnv2/${layer}/kernel`);
    assembled.dispose();
  });
});

describe('with other plugins', () => {
  it.each([
    ['dnn', dnn],
    ['dcnv2', dcnv2],
  ])('goes together with adasparse in either order on %s', (_name, backbone) => {
    const [first, second] = [assemble(backbone, [apg, adaSparse]), assemble(backbone, [adaSparse, apg])];
    const alone = build(backbone);
    // AdaSparse starts with factors of 1, so it must not change APG's prediction; and it acts on APG's output.
    const wanted = alone.model.predict(batch);
    for (const model of [first.model, second.model]) {
      // On dcnv2 a branch that is looked at is multiplied and added in two steps, which round once more than one.
      model.predict(batch).forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 6));
    }
    const { train, dispose } = trainer(first);
    const losses = train(batch, 12);
    expect(losses[11]!).toBeLessThan(losses[0]!);
    dispose();
    second.dispose();
    alone.dispose();
  });

  it('is refused beside another owner of the kernels, e.g. star, with the reasons of both', () => {
    expect(() => assemble(dnn, [{ name: 'star' }, apg], [Star])).toThrow(
      /MDCTR_PLUGINS_CONFLICT.*star multiplies the kernel.*, apg generates the kernels of affine layers/s,
    );
    expect(() => assemble(dnn, [{ name: 'kernel-folder' }, apg], [KernelFolder])).toThrow(
      /MDCTR_PLUGINS_CONFLICT.*kernel-folder folds kernels, apg generates the kernels of affine layers/s,
    );
  });
});

describe('options that the schema cannot check', () => {
  it.each([
    ['no fields', { condition: 'fields' }, ['fields']],
    ['an inner width below the rank', { overParameterization: 4 }, ['overParameterization']],
    ['an inner width below the highest rank', { layerRanks: [80, 8] }, ['overParameterization']],
  ])('%s: told with its path', (_name, options, path) => {
    expect(unitOf(Apg)!.check!({ ...apg, ...options })!.path).toEqual(path);
  });

  it.each([
    ['the defaults', {}],
    ['no inner width', { overParameterization: 0 }],
    ['an inner width that is not used', { overParameterization: 4, sharedFactors: false }],
  ])('%s: fine', (_name, options) => {
    expect(unitOf(Apg)!.check!({ ...apg, ...options })).toBeUndefined();
  });

  it('a field that the data do not have', () => {
    const wrong = () => build(dnn, { condition: 'fields', fields: ['categori'] });
    expect(wrong).toThrow(/MDCTR_CONFIG_VALUE.*no field "categori".*Did you mean "category"/s);
  });

  it('fields are ignored, and not checked, where they are unused', () => {
    build(dnn, { fields: ['categori'] }).dispose();
  });
});

describe('domains', () => {
  it('trains on one domain, leaves the others’ embeddings alone, and still predicts for them', () => {
    const assembled = build(dnn);
    const { train, dispose } = trainer(assembled);
    const [one, other] = splitByDomain(batch) as [HostBatch, HostBatch];
    const before = toHost(assembled.model.lookup(other)).slice();
    const losses = train(one, 12);
    expect(losses[11]!).toBeLessThan(losses[0]!);
    const domainField = data.schema.fields.findIndex(({ name }) => name === data.schema.domainFields[0]);
    const row = other.inverse[domainField]! * assembled.model.dim;
    const after = toHost(assembled.model.lookup(other));
    expect(after.slice(row, row + assembled.model.dim)).toEqual(before.slice(row, row + assembled.model.dim));
    for (const score of assembled.model.predict(other)) expect(score > 0 && score < 1).toBe(true);
    dispose();
  });

  it('a domain never seen in training gets weights from the out-of-vocabulary embedding', () => {
    const assembled = build(dnn);
    trainer(assembled).train(batch, 3);
    const [part] = splitByDomain(batch) as [HostBatch];
    const domainField = data.schema.fields.findIndex(({ name }) => name === data.schema.domainFields[0]);
    const uniqueIds = part.uniqueIds.slice();
    uniqueIds[part.inverse[domainField]!] = data.schema.fields[domainField]!.offset;
    const unseen = { ...part, uniqueIds, domainIds: Int32Array.of(0) };
    const scores = assembled.model.predict(unseen);
    for (const score of scores) expect(score > 0 && score < 1).toBe(true);
    close(assembled.model.predict(sliceBatch(unseen, 1, 2)), scores.slice(1, 2));
    assembled.dispose();
  });
});

describe('a planted problem: which values of a field click is turned around in every other domain', () => {
  const field = data.schema.fields.findIndex(({ name }) => name === 'category');
  const idOf = (host: HostBatch, row: number): number =>
    host.uniqueIds[host.inverse[row * data.schema.fields.length + field]!]! - data.schema.fields[field]!.offset;
  const planted: HostBatch = { ...batch, labels: new Float32Array(batch.rows) };
  batch.domainIds.forEach((domain, g) => {
    for (let row = batch.domainStarts[g]!; row < batch.domainStarts[g + 1]!; row++) {
      planted.labels![row] = (idOf(batch, row) + domain) % 2;
    }
  });

  it.each(variants)('%s', (_name, options) => {
    const assembled = build(dnn, options);
    const { train, dispose } = trainer(assembled);
    // Neither the field nor the domain alone tells more than a coin: a log loss of about ln 2.
    expect(train(planted, 1)[0]!).toBeGreaterThan(0.6);
    expect(train(planted, 120)[119]!).toBeLessThan(0.1);
    dispose();
  });
});
