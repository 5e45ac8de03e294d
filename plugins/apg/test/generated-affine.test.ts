import { countFlops, ensureRuntime, liveTensors, mul, silentReport, sum, tensor, tidy, toHost } from '@mdctr/tensor';
import { valueAndGradients, withPortableOps, type Parameter, type Scalar, type Tensor } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import type { ApgOptions } from '../src/options.js';
import { batchOf, domainTensor, fieldTensor, inputValues, loneLayer, rows, scramble, type LoneLayer } from './layer.js';
import { naive } from './naive.js';

await ensureRuntime({ report: silentReport });

const both: Partial<ApgOptions> = { condition: 'fields', fields: ['age', 'hour'] };
const variants: [string, Partial<ApgOptions>][] = [
  ['by domain', {}],
  ['by domain, over-parameterised', { overParameterization: 7 }],
  ['by domain, hidden layers', { hyperUnits: [4, 3] }],
  ['by domain, generated bias', { generatedBias: true }],
  ['by domain, everything generated', { sharedFactors: false, generatedBias: true, hyperUnits: [3] }],
  ['by domain, rank above the width', { rank: 9 }],
  ['by one field', { condition: 'fields', fields: ['hour'], aggregation: 'attention' }],
  ['by fields, joined', { ...both, overParameterization: 5 }],
  ['by fields, sum', { ...both, aggregation: 'sum', hyperUnits: [3] }],
  ['by fields, attention', { ...both, aggregation: 'attention', generatedBias: true }],
  ['by fields, attention, everything generated', { ...both, aggregation: 'attention', sharedFactors: false }],
  ['by input', { condition: 'input', overParameterization: 4 }],
  ['by input, everything generated', { condition: 'input', sharedFactors: false, generatedBias: true }],
];

/** Output [rows, units]; the leaves can be replaced. */
function run({ layer, inputs }: LoneLayer, leaves: Partial<Record<'x' | 'domains' | 'fields', Tensor>> = {}): Tensor {
  const batch = batchOf(leaves.domains ?? domainTensor(), leaves.fields ?? fieldTensor());
  return layer.forward(leaves.x ?? tensor(inputValues(inputs), [rows, inputs]), batch);
}

function close(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const distance = Math.abs(found[i]! - wanted[i]!);
    if (!(distance <= tolerance * Math.max(1, Math.abs(wanted[i]!)))) {
      throw new Error(`element ${i}: ${found[i]}, expected ${wanted[i]}`);
    }
  }
}

describe.each(variants)('%s', (_name, options) => {
  const lone = loneLayer(options);
  scramble(lone);

  it('is x_i V S_i U + b, row by row', () => {
    close(toHost(run(lone)), naive(lone), 1e-5);
    close(toHost(withPortableOps(() => run(lone))), naive(lone), 1e-5);
  });

  it('has the gradient of its finite differences by every parameter, the input and the condition', () => {
    const { condition } = lone.options;
    const weigh = (y: Tensor): Scalar =>
      sum(
        mul(
          y,
          tensor(
            Float32Array.from({ length: y.size }, (_, i) => Math.cos(i)),
            y.shape,
          ),
        ),
      ) as Scalar;
    const leaves = {
      x: tensor(inputValues(lone.inputs), [rows, lone.inputs]),
      ...(condition === 'domain' && { domains: domainTensor() }),
      ...(condition === 'fields' && { fields: fieldTensor() }),
    };
    const parameters = lone.store.list();
    const values = [...Object.values(leaves), ...parameters.map(({ value }) => value)];
    const names = [...Object.keys(leaves), ...parameters.map(({ path }) => path)];
    const wanted = names.map((name, i) => {
      const parameter = parameters[i - Object.keys(leaves).length];
      return differences(values[i]!, (value) => {
        const loss = (): number => toHost(weigh(run(lone, { ...leaves, ...(!parameter && { [name]: value }) })))[0]!;
        return parameter ? parameter.with(value, loss) : loss();
      });
    });
    for (const form of [<T>(body: () => T): T => body(), withPortableOps]) {
      const { gradients } = form(() => valueAndGradients(() => weigh(run(lone, leaves)), values));
      gradients.forEach((gradient, i) => close(toHost(gradient!), wanted[i]!, 2e-2));
    }
  });

  it('gives each row the same, whoever its batch mates are, in whatever order', () => {
    const whole = toHost(run(lone));
    for (const order of [[5, 0, 3, 2, 1, 4], [4]]) {
      const values = inputValues(lone.inputs);
      const x = order.flatMap((row) => [...values.slice(row * lone.inputs, (row + 1) * lone.inputs)]);
      const batch = batchOf(domainTensor(), fieldTensor(), order);
      const found = toHost(lone.layer.forward(tensor(x, [order.length, lone.inputs]), batch));
      const wanted = order.flatMap((row) => [...whole.slice(row * lone.units, (row + 1) * lone.units)]);
      close(found, wanted, 1e-6);
    }
  });

  it('leaves no tensor behind', () => {
    run(lone).dispose();
    const before = liveTensors();
    tidy(() => void run(lone));
    expect(liveTensors()).toBe(before);
  });
});

/** Central differences of `loss` by each element of `value`; the step is small, so that no relu changes sides. */
function differences(value: Tensor, loss: (value: Tensor) => number, step = 2e-3): Float32Array {
  const host = toHost(value);
  return host.map((old, i) => {
    const at = (moved: number): number => {
      const copy = host.slice();
      copy[i] = moved;
      return tidyNumber(() => loss(tensor(copy, value.shape)));
    };
    return (at(old + step) - at(old - step)) / (2 * step);
  });
}

function tidyNumber(body: () => number): number {
  let result = 0;
  tidy(() => void (result = body()));
  return result;
}

describe('over-parameterisation', () => {
  it('folds away: the same output as with the products in place of their parts, in training and evaluation', () => {
    const wide = loneLayer({ overParameterization: 7 });
    const folded = loneLayer();
    scramble(wide);
    scramble(folded);
    const value = (name: string): Parameter => wide.store.get(`apg/deep/0/${name}`)!;
    for (const name of ['u', 'v']) {
      const [left, right] = [value(`${name}-left`), value(`${name}-right`)];
      const [n, m] = [left.shape[0]!, right.shape[1]!];
      const [a, b] = [left.toHost(), right.toHost()];
      folded.store.get(`apg/deep/0/${name}`)!.write(
        Float32Array.from({ length: n * m }, (_, at) => {
          let total = 0;
          for (let i = 0; i < 7; i++) total += a[Math.floor(at / m) * 7 + i]! * b[i * m + (at % m)]!;
          return total;
        }),
      );
    }
    for (const training of [false, true]) {
      const x = tensor(inputValues(5), [rows, 5]);
      const output = (lone: LoneLayer): Float32Array =>
        toHost(lone.layer.forward(x, batchOf(domainTensor(), fieldTensor(), undefined, training)));
      close(output(wide), output(folded), 1e-5);
    }
    expect(wide.store.get('apg/deep/0/u')).toBeUndefined();
    expect([...value('v-left').shape, ...value('v-right').shape]).toEqual([5, 7, 7, 3]);
    expect([...value('u-left').shape, ...value('u-right').shape]).toEqual([3, 7, 7, 4]);
  });
});

describe('conditions', () => {
  it('group-wise gives what the same generator gives row by row', () => {
    const [byDomain, byRow] = [loneLayer(), loneLayer({ condition: 'fields', fields: ['tab'] })];
    scramble(byDomain);
    scramble(byRow);
    close(toHost(run(byDomain)), toHost(run(byRow)), 1e-6);
  });

  it('the domain embedding gets a gradient: it is not detached', () => {
    const lone = loneLayer();
    scramble(lone);
    const domains = domainTensor();
    const { gradients } = valueAndGradients(() => sum(run(lone, { domains })) as Scalar, [domains]);
    expect(toHost(gradients[0]!).every((value) => value !== 0)).toBe(true);
  });

  it('without hidden layers, summed weights are those of the joined embeddings', () => {
    const summed = loneLayer({ ...both, aggregation: 'sum' });
    const joined = loneLayer({ ...both });
    scramble(summed);
    scramble(joined);
    const read = (path: string) => [...summed.store.get(`apg/deep/0/hyper/${path}`)!.toHost()];
    const write = (path: string, values: number[]) =>
      joined.store.get(`apg/deep/0/hyper/${path}`)!.write(Float32Array.from(values));
    write('core/kernel', [...read('age/core/kernel'), ...read('hour/core/kernel')]);
    const hour = read('hour/core/bias');
    write(
      'core/bias',
      read('age/core/bias').map((bias, i) => bias + hour[i]!),
    );
    close(toHost(run(summed)), toHost(run(joined)), 1e-5);
  });
});

describe('the layer it replaces', () => {
  it('has no parameters to offer, and takes weights that are given', () => {
    const lone = loneLayer();
    expect(lone.layer.parameters).toBeUndefined();
    const kernel = tensor(
      Float32Array.from({ length: 20 }, (_, i) => i),
      [5, 4],
    );
    const x = tensor([0, 1, 0, 0, 0], [1, 5]);
    const batch = batchOf(domainTensor(), fieldTensor(), [0]);
    expect([...toHost(lone.layer.forward(x, batch, { kernel }))]).toEqual([4, 5, 6, 7]);
  });

  it.each<[string, Partial<ApgOptions>]>([
    ['U and V', { sharedFactors: true, overParameterization: 0 }],
    ['products', { sharedFactors: true, overParameterization: 32 }],
    ['generated U and V', { sharedFactors: false }],
    ['several generators', { ...both, aggregation: 'sum', sharedFactors: false }],
  ])('starts at the scale of a Glorot kernel: %s', (_name, options) => {
    const [inputs, units] = [90, 60];
    const lone = loneLayer({ ...options, rank: 8 }, inputs, units);
    // No condition: S is the identity, so the output for the unit vectors is V U.
    const none = (x: Tensor): Tensor => mul(x, 0);
    const kernel: number[] = [];
    for (let from = 0; from < inputs; from += rows) {
      const unit = new Float32Array(rows * inputs);
      for (let row = 0; row < rows; row++) unit[row * inputs + from + row] = 1;
      const x = tensor(unit, [rows, inputs]);
      kernel.push(...toHost(run(lone, { x, domains: none(domainTensor()), fields: none(fieldTensor()) })));
    }
    const variance = kernel.reduce((total, value) => total + value * value, 0) / kernel.length;
    expect(variance / (2 / (inputs + units))).toBeGreaterThan(0.7);
    expect(variance / (2 / (inputs + units))).toBeLessThan(1.4);
  });

  it('never forms a kernel of full size: fewer operations than the layer it replaces', () => {
    const size = 64;
    for (const condition of ['domain', 'input'] as const) {
      const lone = loneLayer({ condition, rank: 4, overParameterization: 8 }, size, size);
      const flops = tidyNumber(() => countFlops(() => void run(lone)));
      expect(flops).toBeLessThan(2 * rows * size * size);
    }
  });

  it('takes the rank of its place in the list, the last for those beyond it, and never more than its width', () => {
    const rankAt = (index: number, layerRanks: number[]): number =>
      loneLayer({ layerRanks, rank: 2 }, 5, 4, index).store.get('apg/deep/0/v')!.shape[1]!;
    expect([0, 1, 2].map((index) => rankAt(index, [3, 1]))).toEqual([3, 1, 1]);
    expect(rankAt(0, [])).toBe(2);
    expect(rankAt(0, [100])).toBe(4);
  });
});
