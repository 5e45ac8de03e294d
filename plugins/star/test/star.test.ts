import { Random } from '@mdctr/base';
import { splitByDomain, sliceBatch, type HostBatch, type AssembledModel, type UnitConfig } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { liveTensors, Optimizer, adam, withPortableOps } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import {
  adaSparse,
  assemble,
  data,
  dcnv2,
  dnn,
  firstBatch,
  starAll,
  starTopology,
} from '../../../test/support/small-models.js';

const batch = await firstBatch(256);
const normed: UnitConfig = { ...starAll, normalization: 'all' };
const backbones: [string, UnitConfig][] = [
  ['dnn', dnn],
  ['dnn with batch norm', { ...dnn, batchNorm: true }],
  ['dcnv2', dcnv2],
  ['dcnv2, stacked', { ...dcnv2, structure: 'stacked' }],
  ['dcnv2, low rank', { ...dcnv2, rank: 2 }],
];

/** Steps of Adam on these batches; returns the losses. */
function learn(assembled: AssembledModel, batches: readonly HostBatch[]): number[] {
  const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const step = assembled.wrapStep(plainStep);
  const losses = batches.map((part) => step(part, context));
  optimizer.flush(assembled.model.table);
  optimizer.dispose();
  return losses;
}

/** All values of a model, by path. */
function takeSnapshot({ store }: AssembledModel['model']): ReadonlyMap<string, Float32Array> {
  return new Map([...store.list(), ...store.tables()].map((holder) => [holder.path, holder.toHost()]));
}

/** A trial whose parameters and moving statistics are away from their start. */
function trained(backbone: UnitConfig, star: UnitConfig): AssembledModel {
  const assembled = assemble(backbone, [star]);
  learn(assembled, Array<HostBatch>(5).fill(batch));
  return assembled;
}

/** The rows in the opposite order inside each domain. */
function reversed(host: HostBatch): HostBatch {
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
function renamed(host: HostBatch, to: readonly number[]): HostBatch {
  return { ...host, domainIds: host.domainIds.map((id) => to[id]!) };
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-5): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance);
}

describe.each(backbones)('star on %s', (_name, backbone) => {
  it('starts at the shared network exactly, without normalisation and auxiliary network', () => {
    const [plain, assembled] = [assemble(backbone), assemble(backbone, [starTopology])];
    // Rows of one domain go through the very ops of the backbone; cut batches may differ in the last bit.
    for (const part of splitByDomain(batch)) expect(assembled.model.predict(part)).toEqual(plain.model.predict(part));
    expectNear(assembled.model.predict(batch), plain.model.predict(batch), 1e-6);
    plain.dispose();
    assembled.dispose();
  });

  it('learns, and every parameter gets a gradient', () => {
    const assembled = assemble(backbone, [normed]);
    const losses = learn(assembled, Array<HostBatch>(15).fill(batch));
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const gradients = context.gradients(batch);
    const moved = [...gradients.dense].filter(([, g]) => g.dataSync().some((x) => x !== 0)).map(([{ path }]) => path);
    const own = assembled.model.store.trainable().map(({ path }) => path);
    const ofStar = (path: string): boolean => path.startsWith('star/');
    expect(moved.filter(ofStar).sort()).toEqual(own.filter(ofStar).sort());
    context.release(gradients);
    optimizer.dispose();
    assembled.dispose();
  });

  it('has the gradients of finite differences', () => {
    // tanh: a kink of relu inside the step would show as a wrong gradient.
    const auxiliary = { enabled: true, hiddenUnits: [5], activation: 'tanh' };
    const assembled = trained({ ...backbone, activation: 'tanh' }, { ...normed, auxiliary });
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const lossOf = (): number => {
      const gradients = context.gradients(batch);
      const loss = gradients.loss.dataSync()[0]!;
      context.release(gradients);
      return loss;
    };
    const gradients = context.gradients(batch);
    for (const [parameter, gradient] of gradients.dense) {
      if (!parameter.path.startsWith('star/')) continue;
      const analytic = gradient.dataSync() as Float32Array;
      // The element with the largest gradient shows best above the noise of float32.
      const at = analytic.reduce((best, x, i) => (Math.abs(x) > Math.abs(analytic[best]!) ? i : best), 0);
      const values = parameter.toHost();
      const [above, below] = [0.01, -0.01].map((step) => {
        parameter.write(values.map((x, i) => (i === at ? x + step : x)));
        return lossOf();
      });
      parameter.write(values);
      const found = `${parameter.path} ${analytic[at]!}`;
      const numeric = (above! - below!) / 0.02;
      const close = Math.abs(numeric - analytic[at]!) <= 1e-4 + 0.05 * Math.abs(analytic[at]!);
      expect(close ? found : `${found}, by differences ${numeric}`).toBe(found);
    }
    context.release(gradients);
    optimizer.dispose();
    assembled.dispose();
  });

  it('has the gradients of its portable form', () => {
    const [one, other] = [trained(backbone, normed), trained(backbone, normed)];
    const gradientsOf = (assembled: AssembledModel, portable: boolean): Map<string, Float32Array> => {
      const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
      const context = stepContext(assembled.model, optimizer, new Random(1));
      const gradients = portable ? withPortableOps(() => context.gradients(batch)) : context.gradients(batch);
      const found = [...gradients.dense].map(([{ path }, g]) => [path, Float32Array.from(g.dataSync())] as const);
      context.release(gradients);
      optimizer.dispose();
      return new Map(found);
    };
    const wanted = gradientsOf(other, true);
    for (const [path, gradient] of gradientsOf(one, false)) expectNear(gradient, wanted.get(path)!, 2e-4);
    one.dispose();
    other.dispose();
  });

  it('trained on rows of one domain changes shared parameters and those of that domain alone', () => {
    const assembled = assemble(backbone, [normed]);
    const before = takeSnapshot(assembled.model);
    const part = splitByDomain(batch)[1]!;
    const domain = part.domainIds[0]!;
    learn(assembled, [part, part, part]);
    const domains = data.schema.domains.length - 1;
    const perDomain = /^star\/.*\/(kernel|bias|domain-scale|domain-offset|mean|variance)$/;
    let checked = 0;
    for (const [path, values] of takeSnapshot(assembled.model)) {
      if (!perDomain.test(path) || path.includes('auxiliary')) continue;
      const size = values.length / domains;
      for (let d = 0; d < domains; d++) {
        const changed = values.slice(d * size, (d + 1) * size).some((x, i) => x !== before.get(path)![d * size + i]);
        expect([path, d + 1, changed]).toEqual([path, d + 1, d + 1 === domain]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(20);
    assembled.dispose();
  });

  it('permuting rows permutes predictions, and a row does not see its batch mates', () => {
    const assembled = trained(backbone, normed);
    const scores = assembled.model.predict(batch);
    const byOrder = new Map(Array.from(batch.order, (row, i) => [row, scores[i]!]));
    const other = reversed(batch);
    expectNear(
      assembled.model.predict(other),
      Array.from(other.order, (row) => byOrder.get(row)!),
    );
    for (const part of splitByDomain(batch)) {
      expectNear(
        assembled.model.predict(part),
        Array.from(part.order, (row) => byOrder.get(row)!),
      );
    }
    const single = sliceBatch(batch, 7, 8);
    expectNear(assembled.model.predict(single), [scores[7]!]);
    assembled.dispose();
  });

  it('renaming domains permutes outputs', () => {
    const assembled = trained(backbone, normed);
    const scores = assembled.model.predict(batch);
    const to = [0, 3, 1, 4, 2];
    for (const { path, shape } of assembled.model.store.list()) {
      if (!path.startsWith('star/') || path.includes('auxiliary') || shape[0] !== 4 || shape.length < 2) continue;
      const parameter = assembled.model.store.get(path)!;
      const values = parameter.toHost();
      const size = values.length / 4;
      const moved = new Float32Array(values.length);
      for (let d = 1; d <= 4; d++) moved.set(values.subarray((d - 1) * size, d * size), (to[d]! - 1) * size);
      parameter.write(moved);
    }
    expectNear(assembled.model.predict(renamed(batch, to)), scores, 1e-6);
    const wrong = assembled.model.predict(batch);
    expect(wrong.some((score, i) => Math.abs(score - scores[i]!) > 1e-3)).toBe(true);
    assembled.dispose();
  });

  it('changes nothing in evaluation, keeps no tensor, and gives logits of both signs', () => {
    const assembled = trained(backbone, normed);
    const before = takeSnapshot(assembled.model);
    const scores = assembled.model.predict(batch);
    const live = liveTensors();
    expect(assembled.model.predict(batch)).toEqual(scores);
    expect(liveTensors()).toBe(live);
    expect(takeSnapshot(assembled.model)).toEqual(before);
    assembled.model.store.get(`${backbone.name}/logit/bias`)!.write(Float32Array.of(-30));
    expect(assembled.model.predict(batch).every((score) => score < 1e-6)).toBe(true);
    assembled.dispose();
  });

  it('leaves no tensor behind in training', () => {
    const assembled = assemble(backbone, [normed]);
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const parts = splitByDomain(batch);
    const live = [batch, ...parts, batch, ...parts, batch].map((part) => {
      plainStep(part, context);
      assembled.model.predict(batch); // what reads cache is the same each time
      return liveTensors();
    });
    expect(live.at(-1)).toBe(live[parts.length + 1]);
    optimizer.dispose();
    assembled.dispose();
  });

  it('composes with adasparse in either order', () => {
    for (const plugins of [
      [normed, adaSparse],
      [adaSparse, normed],
    ]) {
      const assembled = assemble(backbone, plugins);
      const losses = learn(assembled, Array<HostBatch>(10).fill(batch));
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      assembled.dispose();
    }
    const [one, both] = [assemble(backbone, [starAll]), assemble(backbone, [starAll, adaSparse])];
    expectNear(both.model.predict(batch), one.model.predict(batch), 1e-6);
    one.dispose();
    both.dispose();
  });
});

describe('a domain', () => {
  const unseen = renamed(splitByDomain(batch)[0]!, [0, 0, 0, 0, 0]);

  it('never seen has the shared parameters alone', () => {
    const assembled = assemble(dnn, [starTopology]);
    const plain = assemble(dnn);
    assembled.model.store
      .get('star/deep/0/kernel')!
      .write(new Float32Array(assembled.model.store.get('star/deep/0/kernel')!.size));
    assembled.model.store.get('star/logit/bias')!.write(new Float32Array(4).fill(5));
    expect(assembled.model.predict(unseen)).toEqual(plain.model.predict(unseen));
    const seen = splitByDomain(batch)[0]!;
    expect(assembled.model.predict(seen)).not.toEqual(plain.model.predict(seen));
    assembled.dispose();
    plain.dispose();
  });

  it('never seen is normalised by the mean of all moving statistics', () => {
    const assembled = assemble(dnn, [{ ...starTopology, layers: [], normalization: 'input' }]);
    const inputs = data.schema.fields.length * 4;
    const { store } = assembled.model;
    const set = (name: string, by: (domain: number) => number): void =>
      store
        .get(`star/deep/norm/${name}`)!
        .write(Float32Array.from({ length: 4 * inputs }, (_, i) => by(1 + Math.floor(i / inputs))));
    set('mean', (d) => d / 10);
    set('variance', (d) => d);
    set('domain-scale', () => 7);
    const scores = assembled.model.predict(unseen);
    set('mean', () => 0.25);
    set('variance', () => 2.5);
    set('domain-scale', () => 1);
    expectNear(assembled.model.predict(renamed(unseen, [2])), scores, 1e-6);
    assembled.dispose();
  });

  it('with one row in a batch is normalised by its moving statistics, which stay', () => {
    const assembled = trained(dnn, { ...starTopology, normalization: 'input' });
    const before = takeSnapshot(assembled.model);
    const [first, second] = splitByDomain(batch);
    const start = batch.domainStarts[1]!;
    const mixed = sliceBatch(batch, start - 1, start + 20); // one row of the first, twenty of the second domain
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const gradients = context.gradients(mixed);
    const after = takeSnapshot(assembled.model);
    const inputs = data.schema.fields.length * 4;
    for (const name of ['star/deep/norm/mean', 'star/deep/norm/variance']) {
      const rowOf = (snapshot: ReadonlyMap<string, Float32Array>, part: HostBatch): Float32Array =>
        snapshot.get(name)!.slice((part.domainIds[0]! - 1) * inputs, part.domainIds[0]! * inputs);
      expect(rowOf(after, first!)).toEqual(rowOf(before, first!));
      expect(rowOf(after, second!)).not.toEqual(rowOf(before, second!));
    }
    expect([...gradients.dense.values()].every((g) => g.dataSync().every(Number.isFinite))).toBe(true);
    // Alone in its batch, the row is scored in training as in evaluation: the loss says so.
    const single = sliceBatch(batch, start - 1, start);
    const [score] = assembled.model.predict(single);
    const alone = context.gradients(single);
    expect(alone.loss.dataSync()[0]).toBeCloseTo(-Math.log(single.labels![0] === 1 ? score! : 1 - score!), 5);
    context.release(alone);
    context.release(gradients);
    optimizer.dispose();
    assembled.dispose();
  });
});

describe('moving statistics', () => {
  it('are those of the domain’s own rows, and are saved with the weights', () => {
    const assembled = assemble(dnn, [{ ...starTopology, normalization: 'input', momentum: 1 }]);
    const rows = takeSnapshot(assembled.model).get('embedding')!;
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    context.release(context.gradients(batch));
    const mean = assembled.model.store.get('star/deep/norm/mean')!.toHost();
    const variance = assembled.model.store.get('star/deep/norm/variance')!.toHost();
    const fields = data.schema.fields.length;
    const inputs = fields * 4;
    batch.domainIds.forEach((domain, g) => {
      const [begin, end] = [batch.domainStarts[g]!, batch.domainStarts[g + 1]!];
      for (const unit of [0, 5, inputs - 1]) {
        const values = Array.from({ length: end - begin }, (_, i) => {
          const id = batch.uniqueIds[batch.inverse[(begin + i) * fields + Math.floor(unit / 4)]!]!;
          return rows[id * 4 + (unit % 4)]!;
        });
        const average = values.reduce((a, b) => a + b, 0) / values.length;
        const spread = values.reduce((a, b) => a + (b - average) ** 2, 0) / (values.length - 1);
        expect(mean[(domain - 1) * inputs + unit]).toBeCloseTo(average, 5);
        expect(variance[(domain - 1) * inputs + unit]).toBeCloseTo(spread, 5);
      }
    });
    const copy = assemble(dnn, [{ ...starTopology, normalization: 'input', momentum: 1 }]);
    const saved = takeSnapshot(assembled.model);
    for (const holder of [...copy.model.store.list(), ...copy.model.store.tables()])
      holder.write(saved.get(holder.path)!);
    expect(copy.model.predict(batch)).toEqual(assembled.model.predict(batch));
    optimizer.dispose();
    copy.dispose();
    assembled.dispose();
  });
});

describe('auxiliary network', () => {
  it('sees the domain and the fields, and adds its logit', () => {
    const assembled = assemble(dnn, [{ ...starAll, layers: [], normalization: 'none' }]);
    const plain = assemble(dnn);
    const logits = (scores: Float32Array): number[] => [...scores].map((p) => Math.log(p / (1 - p)));
    const kernel = assembled.model.store.get('star/logit/auxiliary/0/kernel')!;
    expect(kernel.shape).toEqual([4 + data.schema.fields.length * 4, 32]);
    assembled.model.store.get('star/logit/auxiliary/logit/bias')!.write(Float32Array.of(-1.5));
    const lower = logits(assembled.model.predict(batch));
    assembled.model.store.get('star/logit/auxiliary/logit/kernel')!.write(new Float32Array(32));
    const base = logits(plain.model.predict(batch));
    expectNear(
      logits(assembled.model.predict(batch)),
      base.map((x) => x - 1.5),
      1e-3,
    );
    expect(lower.some((x, i) => Math.abs(x - base[i]! + 1.5) > 1e-4)).toBe(true);
    assembled.dispose();
    plain.dispose();
  });
});

it('cost: the rows of a batch are multiplied once, however many domains they are of', async () => {
  const assembled = assemble(dnn, [starTopology]);
  const plain = assemble(dnn);
  const many = await firstBatch(600);
  const one = splitByDomain(many)[0]!;
  const kernels = assembled.model.store.list().filter(({ path }) => /^star\/.*kernel$/.test(path));
  const multiplied = kernels.reduce((sum, { size }) => sum + size, 0); // W_p * W, once a kernel
  const flops = (model: AssembledModel['model'], host: HostBatch): number => model.flopsPerRow(host) * host.rows;
  const biases = 4 * (8 + 6 + 1);
  expect(flops(assembled.model, many) - flops(plain.model, many)).toBeCloseTo(multiplied + biases, 3);
  expect(flops(assembled.model, one) - flops(plain.model, one)).toBeCloseTo((multiplied + biases) / 4, 3);
  await openBatches(data).close();
  assembled.dispose();
  plain.dispose();
});
