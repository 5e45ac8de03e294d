import { Random } from '@mdctr/base';
import { sliceBatch, splitByDomain, type UnitConfig } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { liveTensors, Optimizer } from '@mdctr/tensor';
import { plainStep, stepContext, train, type PartialTrainingOptions } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { unitOf } from '@mdctr/core';
import { Maml } from '../src/index.js';
import { adaSparse, assemble, data, dcnv2, dnn, maml, starAll } from '../../../test/support/small-models.js';
import {
  batch,
  smooth,
  adamRule,
  stepGradients,
  plainGradients,
  valuesOf,
  putValues,
  atAdapted,
  tasks,
  expectNear,
} from './gradients.js';

describe('identity', () => {
  const steps = (plugins: UnitConfig[], backbone: UnitConfig): Map<string, Float32Array> => {
    const assembled = assemble(backbone, plugins);
    const optimizer = new Optimizer(adamRule);
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const step = assembled.wrapStep(plainStep);
    for (let i = 0; i < 4; i++) step(batch, context);
    optimizer.flush(assembled.model.table);
    const values = valuesOf(assembled).set('embedding', assembled.model.table.toHost());
    optimizer.dispose();
    assembled.dispose();
    return values;
  };
  it.each([
    ['no inner steps', { innerSteps: 0 }],
    ['no support rows', { support: 0 }],
  ])('%s: the plain training step, bit for bit', (_name, option) => {
    for (const backbone of [{ ...dnn, batchNorm: true, dropout: 0.2 }, dcnv2]) {
      expect(steps([{ ...maml, ...option }], backbone)).toEqual(steps([], backbone));
      expect(steps([{ ...maml, ...option, order: 'second' }], backbone)).toEqual(steps([], backbone));
      expect(steps([{ ...maml, ...option }, adaSparse], backbone)).toEqual(steps([adaSparse], backbone));
    }
  });

  it('with inner steps it is another step', () => {
    expect(steps([maml], dnn)).not.toEqual(steps([], dnn));
  });

  it('predicts as the plain backbone before training', () => {
    const [plain, assembled] = [assemble(dcnv2), assemble(dcnv2, [maml])];
    const predict = assembled.wrapPredict((host) => assembled.model.predict(host));
    expect(predict(batch)).toEqual(plain.model.predict(batch));
    plain.dispose();
    assembled.dispose();
  });
});

describe('tasks', () => {
  it('a domain with one row is a query at the meta parameters', () => {
    const [first] = splitByDomain(batch);
    const one = sliceBatch(first!, 0, 1);
    const assembled = assemble(dnn, [{ ...maml, innerRate: 10 }]);
    const [found, wanted] = [stepGradients(assembled, one), plainGradients(assembled, one)];
    expect(found.loss).toBe(wanted.loss);
    for (const [path, gradient] of wanted.dense) expectNear(found.dense.get(path)!, gradient, 1e-6);
    assembled.dispose();
  });

  it.each([
    ['mean', 1],
    ['sum', splitByDomain(batch).length],
  ])('weighting %s', (weighting, factor) => {
    const assembled = assemble(dnn, [{ ...maml, innerRate: 0.5, weighting }]);
    const losses = tasks().map(({ support, query }) =>
      atAdapted(assembled, support, 0.5, 1, () => plainGradients(assembled, query).loss),
    );
    const mean = losses.reduce((a, b) => a + b) / losses.length;
    expect(stepGradients(assembled).loss).toBeCloseTo(factor * mean, 4);
    assembled.dispose();
  });
});

describe('what adapts', () => {
  it('is chosen by pattern: parameters outside it keep their values in the inner steps', () => {
    const assembled = assemble(dnn, [
      { ...maml, innerRate: 0.5, adapt: ['dnn/deep/*/bias', 'dnn/logit/**'], rate: 'learned' },
    ]);
    expect(
      assembled.model.store.list().flatMap(({ path }) => (path.startsWith('maml/rate/') ? [path.slice(10)] : [])),
    ).toEqual(['dnn/deep/0/bias', 'dnn/deep/1/bias', 'dnn/logit/kernel', 'dnn/logit/bias']);
    assembled.dispose();
  });

  it('refuses a pattern that matches nothing, and says what there is', () => {
    expect(() => assemble(dnn, [{ ...maml, adapt: ['dnn/deap/**'] }])).toThrow(
      /MDCTR_MAML_PATTERN.*dnn\/deep\/0\/kernel.*dnn\/deap/s,
    );
    expect(() => assemble(dnn, [{ ...maml, adapt: ['embedding'] }])).toThrow('embedding table cannot adapt');
  });

  it.each([
    ['second order through adam', { order: 'second', innerOptimizer: 'adam' }],
    [
      'selection by an adaptation of no steps',
      { evaluation: { steps: 0, batchSize: 8, selectBy: 'adapted', predict: 'meta' } },
    ],
  ])('refuses %s', (_name, options) => {
    expect(unitOf(Maml)!.check!({ ...maml, ...options })).toMatchObject({ expected: expect.any(String) as string });
    expect(unitOf(Maml)!.check!(maml)).toBeUndefined();
  });
});

describe('inner adam', () => {
  it('begins with fresh moments in each task: the first step has the size of the rate', () => {
    const assembled = assemble({ ...dnn, ...smooth }, [{ ...maml, innerOptimizer: 'adam', innerRate: 0.01 }]);
    const byHand = tasks().reduce((sum, { support, query, weight }) => {
      const meta = valuesOf(assembled);
      for (const [path, g] of plainGradients(assembled, support).dense) {
        const parameter = assembled.model.store.get(path)!;
        parameter.write(parameter.toHost().map((value, i) => value - (0.01 * g[i]!) / (Math.abs(g[i]!) + 1e-8)));
      }
      const { loss } = plainGradients(assembled, query);
      putValues(assembled, meta);
      return sum + weight * loss;
    }, 0);
    expect(stepGradients(assembled).loss).toBeCloseTo(byHand, 4);
    assembled.dispose();
  });
});

describe('moving averages', () => {
  const backbone = { ...dnn, batchNorm: true };
  it('take in the query rows alone', () => {
    const [assembled, other] = [assemble(backbone, [maml]), assemble(backbone, [maml])];
    const [only] = splitByDomain(batch);
    const half = Math.round(only!.rows / 2);
    stepGradients(assembled, only);
    // One more pass over the query rows at the adapted values, by hand.
    const meta = valuesOf(other);
    const { dense } = plainGradients(other, sliceBatch(only!, 0, half));
    for (const state of ['mean', 'variance']) {
      const path = `dnn/deep/0/norm/${state}`;
      other.model.store.get(path)!.write(meta.get(path)!);
    }
    for (const [path, g] of dense) other.model.store.get(path)!.write(meta.get(path)!.map((v, i) => v - 0.1 * g[i]!));
    plainGradients(other, sliceBatch(only!, half, only!.rows));
    for (const state of ['mean', 'variance']) {
      const path = `dnn/deep/0/norm/${state}`;
      expectNear(assembled.model.store.get(path)!.toHost(), other.model.store.get(path)!.toHost(), 1e-5);
      expect(assembled.model.store.get(path)!.toHost()).not.toEqual(meta.get(path));
    }
    assembled.dispose();
    other.dispose();
  });
});

describe('training', () => {
  const source = openBatches(data);
  const options: PartialTrainingOptions = {
    epochs: 1,
    batchSize: 128,
    batchDomains: 'mixed',
    optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    selectBy: 'auc',
    patience: 2,
    precision: 'float32',
  };

  it.each([
    ['first order', [maml], dnn],
    ['second order', [{ ...maml, order: 'second' }], { ...dnn, batchNorm: true, dropout: 0.1 }],
    ['second order, learned rates, with adasparse', [{ ...maml, order: 'second', rate: 'learned' }, adaSparse], dcnv2],
    ['first order, behind adasparse', [adaSparse, maml], dcnv2],
  ])('%s: the same figures for the same seed, and no tensor left', async (_name, plugins, backbone) => {
    const once = async (): Promise<unknown> => {
      const assembled = assemble(backbone, plugins);
      const counts: number[] = [];
      const { epochs } = await train(assembled, source, options, { seed: 1, onStep: () => counts.push(liveTensors()) });
      // Within an epoch; an evaluation in between frees what the optimizer holds.
      expect(new Set(counts.slice(2, counts.length / 2)).size).toBe(1);
      assembled.dispose();
      return epochs;
    };
    const first = await once();
    const before = liveTensors();
    expect(await once()).toEqual(first);
    expect(liveTensors()).toBe(before);
  });

  it('goes with star: a domain’s task moves its own kernels alone, and the averages of each domain follow', () => {
    const assembled = assemble({ ...dnn, batchNorm: true }, [maml, starAll]);
    const gradients = stepGradients(assembled);
    const kernels = gradients.dense.get('star/deep/0/kernel')!; // [D, inputs, units]
    const size = kernels.length / (data.schema.domains.length - 1);
    const moved = Array.from({ length: data.schema.domains.length - 1 }, (_, d) =>
      kernels.subarray(d * size, (d + 1) * size).some((value) => value !== 0),
    );
    expect(moved).toEqual(moved.map((_, d) => batch.domainIds.includes(d + 1)));
    const mean = assembled.model.store.get('star/deep/norm/mean')!.toHost();
    const width = mean.length / (data.schema.domains.length - 1);
    moved.forEach((present, d) => {
      expect(mean.subarray(d * width, (d + 1) * width).some((value) => value !== 0)).toBe(present);
    });
    assembled.dispose();
  });

  it('trains every parameter, learned rates included', () => {
    const assembled = assemble(dcnv2, [{ ...maml, rate: 'learned' }, adaSparse]);
    const reached = [...stepGradients(assembled).dense]
      .filter(([, g]) => g.some((value) => value !== 0))
      .map(([path]) => path);
    expect(reached).toEqual(assembled.model.store.trainable().map(({ path }) => path));
    assembled.dispose();
  });
});
