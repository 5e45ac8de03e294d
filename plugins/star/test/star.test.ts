import { Random } from '@mdctr/base';
import { splitByDomain, sliceBatch, type HostBatch, type AssembledModel } from '@mdctr/core';
import { liveTensors, Optimizer, adam, withPortableOps } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, data, starAll, starTopology } from '../../../test/support/small-models.js';
import {
  batch,
  normed,
  backbones,
  learn,
  takeSnapshot,
  trained,
  reversed,
  renamed,
  expectNear,
} from './star-models.js';

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
    const paths = assembled.model.store.trainable().map(({ path }) => path);
    const ofStar = (path: string): boolean => path.startsWith('star/');
    expect(moved.filter(ofStar).sort()).toEqual(paths.filter(ofStar).sort());
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
