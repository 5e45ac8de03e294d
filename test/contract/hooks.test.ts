import { Random } from '@mdctr/base';
import { sliceBatch, viewBatch } from '@mdctr/core';
import { Optimizer, sgd, tensor, tidy, toHost } from '@mdctr/tensor';
import { openBatches } from '@mdctr/data';
import { evaluateSplit, plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { assemble, data, dcnv2, dnn } from '../support/small-models.js';
import {
  Nothing,
  DoubleEmbedding,
  TwoTowers,
  KernelByDomain,
  InputShift,
  PlusOne,
  TimesTwo,
  FirstFieldLogit,
  FieldReader,
  ConstantPenalty,
  StepByDomain,
  TwoNetworks,
  Doubled,
  HalfPrediction,
  batch,
  inputs,
  plainScores,
  scoresOf,
  lossOf,
} from './small-plugins.js';

describe('hooks', () => {
  it('a plugin that stays out leaves the model bit for bit as it was, on both backbones', () => {
    expect(scoresOf(['nothing'], [Nothing])).toEqual(plainScores);
    expect(scoresOf(['nothing'], [Nothing], dcnv2)).toEqual(scoresOf([], [], dcnv2));
  });

  it('embedding: what the backbone sees is transformed', () => {
    expect(scoresOf(['double-embedding'], [DoubleEmbedding])).not.toEqual(plainScores);
  });

  it('tower: built twice, with parameters of its own for the second', () => {
    const assembled = assemble(dnn, [{ name: 'two-towers' }], [TwoTowers]);
    const paths = assembled.model.store.list().map(({ path }) => path);
    expect(paths).toContain('dnn/deep/0/kernel');
    expect(paths).toContain('dnn/deep/second/1/bias');
    assembled.dispose();
  });

  it('affine: an identity factor by domain changes no prediction', () => {
    const scores = scoresOf(['kernel-by-domain'], [KernelByDomain]);
    scores.forEach((score, i) => expect(score).toBeCloseTo(plainScores[i]!, 6));
  });

  it('affine: a factor acts on the rows of its domain alone', () => {
    const assembled = assemble(dnn, [{ name: 'kernel-by-domain' }], [KernelByDomain]);
    const factor = assembled.model.store.get('kernel-by-domain/deep/0/factor')!;
    const domain = batch.domainIds[1]!;
    factor.write(Float32Array.from({ length: factor.size }, (_, d) => (d === domain ? 3 : 1)));
    assembled.model.predict(batch).forEach((score, row) => {
      const inDomain = row >= batch.domainStarts[1]! && row < batch.domainStarts[2]!;
      if (inDomain) expect(score).not.toBeCloseTo(plainScores[row]!, 6);
      else expect(score).toBeCloseTo(plainScores[row]!, 6);
    });
    assembled.dispose();
  });

  it('affine: the embedded fields are there, transformed as the backbone sees them, and those of a domain alone', () => {
    scoresOf(['field-reader', 'double-embedding'], [FieldReader, DoubleEmbedding]);
    const { whole, parts, x } = FieldReader.seen!;
    expect(whole).toEqual(x);
    expect(parts).toEqual(x);
  });

  it('norm: a plugin can normalise the input of a tower that has no norm', () => {
    expect(scoresOf(['input-shift'], [InputShift])).not.toEqual(plainScores);
  });

  it('hidden: sites of deep and cross layers, with width, kind and index', () => {
    PlusOne.sites = [];
    assemble(dcnv2, [{ name: 'plus-one' }], [PlusOne]).dispose();
    expect(PlusOne.sites.map(({ path, kind, index, units }) => [path, kind, index, units])).toEqual([
      ['cross/0', 'cross', 0, inputs],
      ['cross/1', 'cross', 1, inputs],
      ['deep/0', 'deep', 0, 8],
      ['deep/1', 'deep', 1, 6],
    ]);
  });

  it('hidden: transforms run in the order of the config', () => {
    const both = [PlusOne, TimesTwo];
    expect(scoresOf(['plus-one', 'times-two'], both)).not.toEqual(scoresOf(['times-two', 'plus-one'], both));
  });

  it('logit: a plugin adds to it and sees the embedded fields', () => {
    expect(scoresOf(['first-field-logit'], [FirstFieldLogit])).not.toEqual(plainScores);
  });

  it('network: copies have parameters, sites and plugin parameters of their own, and begin as equals', () => {
    TwoNetworks.paths = [];
    const assembled = assemble(dnn, [{ name: 'two-networks' }], [TwoNetworks]);
    expect(TwoNetworks.paths).toEqual(['a/deep/0', 'a/deep/1', 'b/deep/0', 'b/deep/1']);
    const paths = assembled.model.store.list().map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('deep/0/kernel'))).toEqual([
      'dnn/a/deep/0/kernel',
      'dnn/b/deep/0/kernel',
    ]);
    expect(paths).toContain('two-networks/b/deep/1/scale');
    expect([...assembled.model.predict(batch)]).toEqual(plainScores);
    assembled.dispose();
  });

  it('built: sees every parameter, once, and may add to them', () => {
    const assembled = assemble(dnn, [{ name: 'doubled' }], [Doubled]);
    expect(Doubled.seen).toHaveLength(6);
    expect(assembled.model.store.get('doubled/shadow/dnn/deep/0/kernel')!.shape).toEqual([inputs, 8]);
    assembled.dispose();
  });

  it('variants: are evaluated beside the model itself', async () => {
    const assembled = assemble(dnn, [{ name: 'doubled' }], [Doubled]);
    const { variants, ...own } = (await evaluateSplit(assembled, openBatches(data), 'test'))!;
    expect(variants!.halved!.metrics.auc).toBe(own.metrics.auc);
    expect(variants!.halved!.metrics.pcoc!).toBeCloseTo(own.metrics.pcoc! / 2, 4);
    assembled.dispose();
  });

  it('evaluate: wraps the prediction', () => {
    expect(scoresOf(['half-prediction'], [HalfPrediction])).toEqual(plainScores.map((score) => Math.fround(score / 2)));
  });

  it('penalty: is added to the loss', () => {
    expect(lossOf([{ name: 'constant-penalty' }], [ConstantPenalty]) - lossOf([], [])).toBeCloseTo(10, 4);
  });

  it('step: losses of some rows at other values, on rows that were looked up for all', () => {
    const assembled = assemble({ ...dnn, batchNorm: true }, []);
    const context = stepContext(assembled.model, new Optimizer(sgd({ learningRate: 0.1, momentum: 0 })), new Random(1));
    const [begin, end] = [batch.domainStarts[1]!, batch.domainStarts[2]!];
    const bias = assembled.model.store.get('dnn/logit/bias')!;
    const mean = assembled.model.store.get('dnn/deep/0/norm/mean')!;
    tidy(() => {
      const rows = context.lookup(batch);
      const at = (value: number): number => {
        const values = new Map([[bias, tensor([value], [1])]]);
        return toHost(context.loss(viewBatch(batch, begin, end), rows, { values, holdStates: true }))[0]!;
      };
      const [before, moved] = [at(0), at(1)];
      expect(mean.toHost().every((value) => value === 0)).toBe(true); // held
      const part = sliceBatch(batch, begin, end);
      expect(toHost(context.loss(part, context.lookup(part)))[0]).toBeCloseTo(before, 6);
      expect(mean.toHost().every((value) => value === 0)).toBe(false);
      bias.write(Float32Array.of(1));
      expect(toHost(context.loss(part, context.lookup(part)))[0]).toBeCloseTo(moved, 6);
    });
    assembled.dispose();
  });

  it('step: a plugin splits a step by domain', () => {
    const assembled = assemble(dnn, [{ name: 'step-by-domain' }], [StepByDomain]);
    const optimizer = new Optimizer(sgd({ learningRate: 0.1, momentum: 0 }));
    assembled.wrapStep(plainStep)(batch, stepContext(assembled.model, optimizer, new Random(1)));
    expect(optimizer.steps).toBe(batch.domainIds.length);
    optimizer.dispose();
    assembled.dispose();
  });
});
