import { Random } from '@mdctr/base';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assembleModel,
  DomainPlugin,
  Plugin,
  sliceBatch,
  splitByDomain,
  viewBatch,
  type EmbeddingInterceptor,
  type HostBatch,
  type AssembledModel,
  type UnitConfig,
} from '../../src/index.js';
import { loadData, openBatches, type EncodedData } from '@mdctr/data';
import {
  adam,
  add,
  Optimizer,
  sigmoidCrossEntropy,
  sum,
  mul,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/command.js';
import { builtinRegistry } from '../../../../test/support/registry.js';
import { adaSparse, apg, dcnv2, dnn, maml, perDomain, starAll } from '../../../../test/support/small-models.js';

// Rows with all kinds of fields; lists from none to seven elements, some of them in several rows.
const random = new Random(3);
const upTo = (limit: number): number => Math.floor(random.uniform() * limit);
const letters = (): string => Array.from({ length: upTo(8) }, () => 'abcdefgh'[upTo(8)]).join(';');
const histories = Array.from({ length: 20 }, letters);
const rows = Array.from({ length: 240 }, (_, i) =>
  [
    `t${i % 4}`,
    `u${upTo(9)}`,
    upTo(9) === 0 ? '' : upTo(50) / 4,
    letters(),
    letters(),
    histories[upTo(20)],
    i,
    upTo(2),
  ].join(','),
);
const csv = join(temporaryFolder(), 'fields.csv');
writeFileSync(csv, `tab,user,price,tags,words,history,time,click\n${rows.join('\n')}\n`);
const list = { separator: ';', keep: 'last' as const };
const data: EncodedData = await loadData(
  {
    source: { kind: 'files', files: [], joins: [] },
    label: 'click',
    domain: 'tab',
    fields: [
      { name: 'tags', list: { ...list, pooling: 'mean' } },
      'tab',
      { name: 'price', encoding: { kind: 'numeric', log: false, standardise: true } },
      { name: 'history', list: { ...list, pooling: 'attention' } },
      'user',
      { name: 'words', list: { ...list, pooling: 'sum', maxLength: 3 } },
    ],
    exclude: [],
    minFrequency: 2,
    split: { by: 'time', column: 'time', validation: 0, test: 0 },
  },
  { files: [csv] },
);
const width = data.schema.fields.length;
const dim = 3;

/** Keeps what the backbone sees. */
@Plugin('spy')
class Spy extends DomainPlugin {
  static seen: Float32Array;
  static copy = false;

  override embedding(): EmbeddingInterceptor {
    return (embedded) => {
      if (Spy.copy) Spy.seen = toHost(embedded.flat());
      return embedded;
    };
  }
}

const spy: UnitConfig = { name: 'spy' };

function open(backbone: UnitConfig = dnn, plugins: readonly UnitConfig[] = [spy]): AssembledModel {
  const registry = builtinRegistry();
  registry.add(Spy, 'test');
  const assembled = assembleModel({
    registry,
    schema: data.schema,
    embedding: { dim, initStd: 0.5 },
    backbone,
    plugins,
    seed: 1,
  });
  const query = assembled.model.store.get('pooling/history/query')!;
  query.write(Float32Array.of(1.5, -2, 0.7));
  return assembled;
}

async function batchOf(size = 60): Promise<HostBatch> {
  for await (const batch of openBatches(data).batches('train', { batchSize: size, shuffle: { seed: 2, epoch: 1 } }))
    return batch;
  throw new Error('no rows');
}

const batch = await batchOf();

/** What the backbone sees of a batch: by row [F * k]. */
function embedded(assembled: AssembledModel, host: HostBatch, rows?: Float32Array): Float32Array {
  Spy.copy = true;
  tidy(() => {
    const leaf = rows ? tensor(rows, [rows.length / dim, dim]) : assembled.model.lookup(host);
    assembled.model.run(leaf, host, { training: false });
  });
  Spy.copy = false;
  return Spy.seen;
}

describe('the vectors of fields', () => {
  const assembled = open();
  const found = embedded(assembled, batch);
  const table = assembled.model.table.toHost();
  const query = assembled.model.store.get('pooling/history/query')!.toHost();
  const row = (field: number, id: number): number[] => {
    const at = (data.schema.fields[field]!.offset + id) * dim;
    return [...table.subarray(at, at + dim)];
  };
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((total, value, i) => total + value * b[i]!, 0);
  const weightsOf = (pooling: string, vectors: number[][]): number[] => {
    if (pooling === 'sum') return vectors.map(() => 1);
    if (pooling === 'mean') return vectors.map(() => 1 / vectors.length);
    const powers = vectors.map((vector) => Math.exp(dot(vector, query) / Math.sqrt(dim)));
    return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
  };

  it('are the sums, means and scaled rows that the documents say', () => {
    const kinds = new Set<string>();
    batch.order.forEach((of, i) => {
      data.schema.fields.forEach(({ pooling }, f) => {
        const id = data.ids[of * width + f]!;
        let wanted = row(f, id);
        if (pooling) {
          const { starts, elements, weights } = data.bags![f]!;
          const ids = [...elements.slice(starts[id], starts[id + 1])];
          const vectors = ids.map((element) => row(f, element));
          const factors = weights ? [weights[id]!] : weightsOf(pooling, vectors);
          wanted = Array.from({ length: dim }, (_, k) =>
            dot(
              vectors.map((v) => v[k]!),
              factors,
            ),
          );
          kinds.add(`${pooling} ${Math.min(2, ids.length)}`);
        }
        wanted.forEach((value, k) => expect(found[(i * width + f) * dim + k]).toBeCloseTo(value, 5));
      });
    });
    expect(kinds).toContain('mean 0');
    for (const pooling of ['mean', 'sum', 'attention']) expect(kinds).toContain(`${pooling} 2`);
    expect(kinds).toContain('scaled 1');
  });

  it('of an empty list are zero', () => {
    const at = batch.order.findIndex((of) => rows[of]!.split(',')[3] === '');
    expect([...found.slice(at * width * dim, at * width * dim + dim)]).toEqual([0, 0, 0]);
  });

  it('do not depend on the other rows of the batch, bit for bit', () => {
    for (let i = 0; i < batch.rows; i += 7) {
      const alone = embedded(assembled, sliceBatch(batch, i, i + 1));
      expect(alone).toEqual(found.slice(i * width * dim, (i + 1) * width * dim));
    }
  });

  it('are those of the whole in slices and views', () => {
    const whole = toHostRows(assembled);
    const parts = splitByDomain(batch).map((part) => [...embedded(assembled, part)]);
    expect(Float32Array.from(parts.flat())).toEqual(found);
    const view = viewBatch(batch, 5, 31);
    expect(view.uniqueIds).toBe(batch.uniqueIds);
    expect(embedded(assembled, view, whole)).toEqual(found.slice(5 * width * dim, 31 * width * dim));
    // A slice of a slice, and of a view.
    const twice = sliceBatch(viewBatch(sliceBatch(batch, 3, 40), 2, 20), 1, 4);
    expect(embedded(assembled, twice)).toEqual(found.slice(6 * width * dim, 9 * width * dim));
    expect(new Set(twice.uniqueIds).size).toBe(twice.uniqueIds.length);
    expect(twice.bags!.starts.length - 1).toBeLessThanOrEqual(3 * 4);
  });

  it('are the same in portable form', () => {
    const portable = withPortableOps(() => embedded(assembled, batch));
    portable.forEach((value, i) => expect(value).toBeCloseTo(found[i]!, 5));
  });
});

function toHostRows({ model }: AssembledModel): Float32Array {
  let host!: Float32Array;
  tidy(() => (host = toHost(model.lookup(batch))));
  return host;
}

describe('gradients of pooling', () => {
  const assembled = open({ ...dnn, activation: 'tanh' });
  const { model } = assembled;
  const query = model.store.get('pooling/history/query')!;
  const inputs = [toHostRows(assembled), query.toHost()] as const;
  const shapes = [[batch.uniqueIds.length, dim], [dim]];
  // The sum over the rows: their mean would be too small for differences in float32.
  const loss = (leaf: Tensor): Scalar => {
    const { logits } = model.run(leaf, batch, { training: true });
    return mul(sigmoidCrossEntropy(logits, tensor(batch.labels!, [batch.rows, 1])), batch.rows) as Scalar;
  };
  const directions = inputs.map((values, i) => {
    const noise = new Random(9).fork(String(i));
    const raw = values.map(() => noise.normal());
    const size = Math.hypot(...raw);
    return raw.map((value) => value / size);
  });
  /** Slope of `value` along a direction of the rows and of the query together. */
  const slope = (value: (rows: Float32Array, query: Float32Array) => number, step: number): number => {
    const at = (distance: number): number =>
      value(
        ...(inputs.map((values, i) => values.map((x, j) => x + distance * directions[i]![j]!)) as [
          Float32Array,
          Float32Array,
        ]),
      );
    return (at(step) - at(-step)) / (2 * step);
  };
  const gradientsAt = (rows: Float32Array, of: Float32Array): Float32Array[] => {
    query.write(of);
    let result!: Float32Array[];
    tidy(() => {
      const leaf = tensor(rows, shapes[0]!);
      const { gradients } = valueAndGradients(() => loss(leaf), [leaf, query.value]);
      result = gradients.map((gradient) => toHost(gradient!));
    });
    query.write(inputs[1]);
    return result;
  };
  const along = (gradients: readonly Float32Array[]): number =>
    gradients.reduce((total, g, i) => total + g.reduce((part, value, j) => part + value * directions[i]![j]!, 0), 0);

  it.each([
    ['native', false],
    ['portable', true],
  ])('agree with finite differences: %s', (_form, portable) => {
    const run = <T>(body: () => T): T => (portable ? withPortableOps(body) : body());
    const claimed = along(run(() => gradientsAt(...inputs)));
    const measured = slope((rows, of) => {
      query.write(of);
      let value = 0;
      tidy(() => (value = toHost(loss(tensor(rows, shapes[0]!)))[0]!));
      query.write(inputs[1]);
      return value;
    }, 1e-2);
    expect(Math.abs(claimed)).toBeGreaterThan(0.02);
    expect(measured / claimed).toBeCloseTo(1, 1);
    expect(Math.hypot(...gradientsAt(...inputs)[1]!)).toBeGreaterThan(0.02);
  });

  it('have derivatives of their own, as second-order methods need', () => {
    const claimed = withPortableOps(() => {
      const second: Float32Array[] = [];
      tidy(() => {
        const leaf = tensor(inputs[0], shapes[0]!);
        const slopeOf = (): Scalar => {
          const { gradients } = valueAndGradients(() => loss(leaf), [leaf, query.value]);
          const parts = gradients.map((gradient, i) => sum(mul(gradient!, tensor(directions[i]!, shapes[i]!))));
          return add(parts[0]!, parts[1]!) as Scalar;
        };
        const { gradients } = valueAndGradients(slopeOf, [leaf, query.value]);
        second.push(...gradients.map((gradient) => toHost(gradient!)));
      });
      return along(second);
    });
    const measured = slope((rows, of) => withPortableOps(() => along(gradientsAt(rows, of))), 1e-2);
    expect(Math.abs(claimed)).toBeGreaterThan(0.02);
    expect(measured / claimed).toBeCloseTo(1, 1);
  });
});

const plugins: [string, readonly UnitConfig[]][] = [
  ['nothing', []],
  ['adasparse', [adaSparse]],
  ['star', [starAll]],
  ['apg', [apg]],
  ['apg on lists and numbers', [{ ...apg, condition: 'fields', fields: ['history', 'price', 'tags'] }]],
  ['maml', [maml]],
  ['maml, second order', [{ ...maml, order: 'second', innerSteps: 2 }]],
  ['per-domain', [perDomain]],
];

describe.each(plugins)('with %s', (_name, units) => {
  it('dcnv2 learns from lists and numbers', () => {
    const assembled = open(dcnv2, units);
    const optimizer = new Optimizer(adam({ learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    try {
      const context = stepContext(assembled.model, optimizer, new Random(1));
      const step = assembled.wrapStep(plainStep);
      const before = assembled.model.store.get('pooling/history/query')!.toHost();
      const losses = Array.from({ length: 8 }, () => step(batch, context));
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      expect(assembled.model.store.get('pooling/history/query')!.toHost()).not.toEqual(before);
      const predict = assembled.wrapPredict((host) => assembled.model.predict(host));
      optimizer.flush(assembled.model.table);
      const whole = predict(batch);
      splitByDomain(batch).forEach((part, g) => {
        predict(part).forEach((score, i) => expect(score).toBeCloseTo(whole[batch.domainStarts[g]! + i]!, 5));
      });
    } finally {
      optimizer.dispose();
      assembled.dispose();
    }
  });
});
