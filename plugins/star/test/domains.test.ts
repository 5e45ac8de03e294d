import { Random } from '@mdctr/base';
import { splitByDomain, sliceBatch, type HostBatch, type AssembledModel } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { Optimizer, adam } from '@mdctr/tensor';
import { stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { assemble, data, dnn, firstBatch, starAll, starTopology } from '../../../test/support/small-models.js';
import { batch, takeSnapshot, trained, renamed, expectNear } from './star-models.js';

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
