import { Random } from '@mdctr/base';
import {
  sliceBatch,
  splitByDomain,
  type Gradients,
  type HostBatch,
  type AssembledModel,
  type UnitConfig,
} from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { adam, liveTensors, Optimizer, sgd, toHost } from '@mdctr/tensor';
import { plainStep, stepContext, train, type PartialTrainingOptions } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { unitOf } from '@mdctr/core';
import { Maml } from '../src/index.js';
import {
  adaSparse,
  assemble,
  data,
  dcnv2,
  dnn,
  firstBatch,
  maml,
  starAll,
} from '../../../test/support/small-models.js';

const whole = await firstBatch(96);
/** Rows of two domains: enough for a sum over tasks. */
const batch = sliceBatch(whole, 0, whole.domainStarts[2]!);
const smooth = { activation: 'tanh' };
const adamRule = adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
const sgdRule = sgd({ learningRate: 0.1, momentum: 0 });

interface HostGradients {
  readonly loss: number;
  readonly rows: { readonly ids: Int32Array; readonly gradient: Float32Array };
  readonly dense: ReadonlyMap<string, Float32Array>;
}

const onHost = ({ loss, rows, dense }: Gradients): HostGradients => ({
  loss: toHost(loss)[0]!,
  rows: { ids: rows.ids, gradient: toHost(rows.gradient) },
  dense: new Map([...dense].map(([{ path }, gradient]) => [path, toHost(gradient)])),
});

/** The gradients that a step would apply. */
function stepGradients(assembled: AssembledModel, host = batch): HostGradients {
  const optimizer = new Optimizer(sgdRule);
  let found!: HostGradients;
  const context = { ...stepContext(assembled.model, optimizer, new Random(1)) };
  assembled.wrapStep(plainStep)(host, { ...context, apply: (gradients) => void (found = onHost(gradients)) });
  optimizer.dispose();
  return found;
}

/** Loss and gradients of a batch at the model's values, by the ordinary way. */
function plainGradients(assembled: AssembledModel, host: HostBatch): HostGradients {
  const optimizer = new Optimizer(sgdRule);
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const gradients = context.gradients(host);
  const result = onHost(gradients);
  context.release(gradients);
  optimizer.dispose();
  return result;
}

const valuesOf = (assembled: AssembledModel): Map<string, Float32Array> =>
  new Map(assembled.model.store.list().map((parameter) => [parameter.path, parameter.toHost()] as const));
function putValues(assembled: AssembledModel, values: ReadonlyMap<string, Float32Array>): void {
  for (const [path, value] of values) assembled.model.store.get(path)!.write(value);
}

/** Runs `body` at theta'_d: plain descent of dense parameters on the support rows, written into the model. */
function atAdapted<T>(assembled: AssembledModel, support: HostBatch, rate: number, steps: number, body: () => T): T {
  const meta = valuesOf(assembled);
  for (let i = 0; i < steps; i++) {
    for (const [path, gradient] of plainGradients(assembled, support).dense) {
      if (path.startsWith('maml/')) continue;
      const parameter = assembled.model.store.get(path)!;
      const own = meta.has(`maml/rate/${path}`) ? meta.get(`maml/rate/${path}`)! : gradient.map(() => rate);
      parameter.write(parameter.toHost().map((value, j) => value - own[j]! * gradient[j]!));
    }
  }
  const result = body();
  putValues(assembled, meta);
  return result;
}

/** Support, query and weight of each domain's rows: half and half, weighted by query rows. */
function tasks(host = batch): { support: HostBatch; query: HostBatch; weight: number }[] {
  const parts = splitByDomain(host).map((part) => {
    const cut = Math.round(part.rows / 2);
    return { support: sliceBatch(part, 0, cut), query: sliceBatch(part, cut, part.rows) };
  });
  const rows = parts.reduce((sum, { query }) => sum + query.rows, 0);
  return parts.map((part) => ({ ...part, weight: part.query.rows / rows }));
}

const backbones: [string, UnitConfig, UnitConfig[]][] = [
  ['dnn', { ...dnn, ...smooth }, []],
  ['dcnv2', { ...dcnv2, ...smooth }, []],
  ['dnn with adasparse', { ...dnn, ...smooth }, [adaSparse]],
  ['dcnv2 with adasparse', { ...dcnv2, ...smooth }, [adaSparse]],
];

/** Values that are not those of a fresh model, so that no gradient is zero by symmetry. */
function shake(assembled: AssembledModel): void {
  const random = new Random(4);
  for (const parameter of assembled.model.store.trainable()) {
    if (parameter.path.startsWith('maml/')) continue;
    parameter.write(parameter.toHost().map((value) => value + 0.3 * random.normal()));
  }
}

describe.each(backbones)('the outer gradient on %s', (_name, backbone, others) => {
  it.each([
    [1, 'fixed'],
    [2, 'fixed'],
    [2, 'learned'],
  ])(
    'of first order, %i inner steps, %s rate, is that of the query losses at the adapted values',
    (innerSteps, rate) => {
      const assembled = assemble(backbone, [{ ...maml, innerRate: 0.5, innerSteps, rate }, ...others]);
      shake(assembled);
      const found = stepGradients(assembled);
      const wanted = new Map<string, number[]>();
      const rows = new Map<number, number[]>();
      let loss = 0;
      for (const { support, query, weight } of tasks()) {
        const at = atAdapted(assembled, support, 0.5, innerSteps, () => plainGradients(assembled, query));
        loss += weight * at.loss;
        for (const [path, gradient] of at.dense) {
          const sum = wanted.get(path);
          wanted.set(
            path,
            [...gradient].map((value, i) => weight * value + (sum?.[i] ?? 0)),
          );
        }
        at.rows.ids.forEach((id, u) => {
          const sum = rows.get(id);
          const gradient = [...at.rows.gradient.subarray(u * 4, u * 4 + 4)];
          rows.set(
            id,
            gradient.map((value, i) => weight * value + (sum?.[i] ?? 0)),
          );
        });
      }
      expect(found.loss).toBeCloseTo(loss, 5);
      for (const [path, gradient] of wanted) expectNear(found.dense.get(path)!, gradient, 1e-4);
      found.rows.ids.forEach((id, u) => {
        // Rows that only support samples have get nothing in first order.
        expectNear(found.rows.gradient.subarray(u * 4, u * 4 + 4), rows.get(id) ?? [0, 0, 0, 0], 1e-4);
      });
      assembled.dispose();
    },
  );

  // With another plugin the case that has all of it: each case costs seconds.
  const secondOrder: [number, string][] = [
    [1, 'fixed'],
    [2, 'fixed'],
    [2, 'learned'],
  ];
  it.each(others.length === 0 ? secondOrder : secondOrder.slice(-1))(
    'of second order, %i inner steps, %s rate, is that of finite differences; first order is not',
    (innerSteps, rate) => {
      const options = { ...maml, innerRate: 0.5, innerSteps, rate };
      const assembled = assemble(backbone, [{ ...options, order: 'second' }, ...others]);
      const first = assemble(backbone, [options, ...others]);
      shake(assembled);
      shake(first);
      const parts = tasks();
      const objective = (): number =>
        parts.reduce((sum, { support, query, weight }) => {
          return (
            sum + weight * atAdapted(assembled, support, 0.5, innerSteps, () => plainGradients(assembled, query).loss)
          );
        }, 0);
      const [exact, approximate] = [stepGradients(assembled), stepGradients(first)];
      expect(exact.loss).toBeCloseTo(objective(), 5);
      let largestError = 0;
      for (const [path, gradient] of exact.dense) {
        const parameter = assembled.model.store.get(path)!;
        const values = parameter.toHost();
        for (const i of largest(gradient, 1)) {
          const difference = centralDifference(values, i, 1e-2, (changed) => {
            parameter.write(changed);
            return objective();
          });
          parameter.write(values);
          expect([path, Math.abs(gradient[i]! - difference) < 4e-4 + 0.02 * Math.abs(difference)]).toEqual([
            path,
            true,
          ]);
          largestError = Math.max(largestError, Math.abs(approximate.dense.get(path)![i]! - difference));
        }
      }
      expect(largestError).toBeGreaterThan(5e-3);
      // Embedding rows: from the query, and through the inner gradients from the support.
      const table = assembled.model.table.toHost();
      const { ids, gradient } = exact.rows;
      for (const i of largest(gradient, 2)) {
        const at = ids[Math.floor(i / 4)]! * 4 + (i % 4);
        const difference = centralDifference(table, at, 1e-2, (changed) => {
          assembled.model.table.write(changed);
          return objective();
        });
        assembled.model.table.write(table);
        expect(Math.abs(gradient[i]! - difference)).toBeLessThan(4e-4 + 0.02 * Math.abs(difference));
      }
      assembled.dispose();
      first.dispose();
    },
  );
});

function largest(values: Float32Array, count: number): number[] {
  return [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!)).slice(0, count);
}

function centralDifference(values: Float32Array, i: number, step: number, at: (v: Float32Array) => number): number {
  const moved = (by: number): Float32Array => values.map((value, j) => (j === i ? value + by : value));
  return (at(moved(step)) - at(moved(-step))) / (2 * step);
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  const scale = Math.max(1e-2, ...Array.from(wanted, Math.abs));
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance * scale);
}

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
