import { Random } from '@mdctr/base';
import { DomainPlugin, Plugin, sliceBatch, splitByDomain, type HostBatch } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { adam, liveTensors, Optimizer, toHost } from '@mdctr/tensor';
import { evaluateSplit, plainStep, stepContext, train } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import {
  adaSparse,
  apg,
  assemble,
  data,
  dcnv2,
  dnn,
  firstBatch,
  maml,
  perDomain,
  starAll,
} from '../../../test/support/small-models.js';

const batch = await firstBatch(256);
const domains = data.schema.domains.length - 1;
const adamRule = adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });

/** The same rows as if of a domain that training never saw. */
const unseen = (host: HostBatch): HostBatch => ({ ...host, domainIds: host.domainIds.map(() => 0) });

describe.each([
  ['dnn', dnn],
  ['dnn with batch norm', { ...dnn, batchNorm: true }],
  ['dcnv2', dcnv2],
  ['dcnv2 with low-rank experts', { ...dcnv2, rank: 2 }],
])('per-domain on %s', (_name, backbone) => {
  it('starts as the plain backbone: rows of each domain pass through an equal network', () => {
    const plain = assemble(backbone);
    const assembled = assemble(backbone, [perDomain]);
    const [wanted, found] = [plain.model.predict(batch), assembled.model.predict(batch)];
    // A product over a slice of rows may add up in another order than one over all of them.
    found.forEach((score, row) => expect(score).toBeCloseTo(wanted[row]!, 6));
    splitByDomain(batch).forEach((part) => expect(assembled.model.predict(part)).toEqual(plain.model.predict(part)));
    plain.dispose();
    assembled.dispose();
  });

  it('has every dense parameter of the backbone once a domain, and no shared one', () => {
    const plain = assemble(backbone);
    const assembled = assemble(backbone, [perDomain]);
    const name = backbone.name;
    const wanted = plain.model.store
      .trainable()
      .flatMap(({ path }) =>
        Array.from({ length: domains }, (_, i) => path.replace(`${name}/`, `${name}/domain-${i + 1}/`)),
      );
    const found = assembled.model.store.trainable().map(({ path }) => path);
    expect([...found].sort()).toEqual(wanted.sort());
    plain.dispose();
    assembled.dispose();
  });

  it('a step on rows of one domain changes its network alone, and every parameter of it', () => {
    const assembled = assemble(backbone, [perDomain]);
    const part = splitByDomain(batch)[1]!;
    const prefix = `${backbone.name}/domain-${part.domainIds[0]!}/`;
    const before = new Map(assembled.model.store.list().map((p) => [p.path, p.toHost()] as const));
    const optimizer = new Optimizer(adamRule);
    assembled.wrapStep(plainStep)(part, stepContext(assembled.model, optimizer, new Random(1)));
    for (const parameter of assembled.model.store.list()) {
      if (parameter.path.startsWith(prefix)) expect(parameter.toHost()).not.toEqual(before.get(parameter.path));
      else expect(parameter.toHost()).toEqual(before.get(parameter.path));
    }
    optimizer.dispose();
    assembled.dispose();
  });

  it('rows of an unseen domain get the mean of all logits', () => {
    const assembled = assemble(backbone, [perDomain]);
    const optimizer = new Optimizer(adamRule);
    const context = stepContext(assembled.model, optimizer, new Random(1));
    for (let i = 0; i < 5; i++) assembled.wrapStep(plainStep)(batch, context);
    const one = sliceBatch(batch, 0, 1);
    const logit = (score: number): number => Math.log(score / (1 - score));
    const each = Array.from({ length: domains }, (_, i) => {
      return logit(assembled.model.predict({ ...one, domainIds: Int32Array.of(i + 1) })[0]!);
    });
    expect(new Set(each.map((value) => value.toFixed(7))).size).toBe(domains);
    const wanted = each.reduce((a, b) => a + b) / domains;
    expect(logit(assembled.model.predict(unseen(one))[0]!)).toBeCloseTo(wanted, 4);
    optimizer.dispose();
    assembled.dispose();
  });
});

describe('per-domain', () => {
  it('each row passes through one network: the work does not grow with the domains', () => {
    const plain = assemble(dnn);
    const assembled = assemble(dnn, [perDomain]);
    expect(assembled.model.flopsPerRow(batch)).toBeCloseTo(plain.model.flopsPerRow(batch), 6);
    plain.dispose();
    assembled.dispose();
  });

  it('goes with adasparse: a pruner for each network, all trained', () => {
    const assembled = assemble(dcnv2, [perDomain, adaSparse]);
    const plain = assemble(dcnv2);
    splitByDomain(batch).forEach((part) => {
      // A branch that is looked at is multiplied and added in two steps, which round once more than one.
      const wanted = plain.model.predict(part);
      assembled.model.predict(part).forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 6));
    });
    const optimizer = new Optimizer(adamRule);
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const gradients = context.gradients(batch);
    const reached = [...gradients.dense].filter(([, g]) => toHost(g).some((value) => value !== 0));
    expect(reached.map(([{ path }]) => path)).toEqual(assembled.model.store.trainable().map(({ path }) => path));
    context.release(gradients);
    optimizer.dispose();
    assembled.dispose();
    plain.dispose();
  });

  it.each([
    ['a plugin that makes kernels by domain', 'kernel-maker', 'both need the kernel for themselves'],
    ['star', 'star', 'both need the kernel for themselves'],
    ['apg', 'apg', 'both need the kernel for themselves'],
    ['maml', 'maml', 'both need the shared network for themselves'],
  ])('is refused beside %s, with the reasons', (_who, name, reason) => {
    @Plugin('kernel-maker', { owns: { kernel: 'makes kernels by domain' } })
    class KernelMaker extends DomainPlugin {}
    const other = [maml, starAll, apg].find((unit) => unit.name === name) ?? { name };
    expect(() => assemble(dnn, [perDomain, other], [KernelMaker])).toThrow(reason);
    expect(() => assemble(dnn, [other, perDomain], [KernelMaker])).toThrow(reason);
  });

  it('trains the same to the last digit, evaluates better than chance, and leaves no tensor behind', async () => {
    const source = openBatches(data);
    const options = {
      epochs: 2,
      batchSize: 128,
      batchDomains: 'mixed',
      optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      selectBy: 'auc',
      patience: 2,
      precision: 'float32',
    } as const;
    const once = async (): Promise<unknown> => {
      const assembled = assemble(dcnv2, [perDomain]);
      const { epochs } = await train(assembled, source, options, { seed: 1 });
      expect((await evaluateSplit(assembled, source, 'validation'))!.metrics.auc).toBeGreaterThan(0.52);
      assembled.dispose();
      return epochs;
    };
    const first = await once();
    const before = liveTensors();
    expect(await once()).toEqual(first);
    expect(liveTensors()).toBe(before);
  });
});
