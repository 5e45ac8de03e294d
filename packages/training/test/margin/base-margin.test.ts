import {
  DomainPlugin,
  Plugin,
  sliceBatch,
  splitByDomain,
  viewBatch,
  type AffineLayer,
  type AffineSite,
  type HostBatch,
} from '@mdctr/core';
import { liveTensors, matMul, normal } from '@mdctr/tensor';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { data as plainData, dcnv2, maml, perDomain, starTopology } from '../../../../test/support/small-models.js';
import { openBatches } from '@mdctr/data';
import {
  Checkpoints,
  evaluateSplit,
  loadArtifact,
  predictSplit,
  restoreWeights,
  saveArtifact,
  train,
  type PartialTrainingOptions,
} from '../../src/index.js';
import { fitBaseMargin } from '../../src/margin/fit-base-margin.js';
import { options as usual } from '../small-training.js';
import { assemble, data, dnn, folder, logitsOf, marginOf, source, targetMeans } from './law.js';

const options: PartialTrainingOptions = { ...usual, selectBy: 'logLoss', baseMargin: targetMeans };
const none = { kind: 'none' } as const;
const noSampling = { baseMargin: targetMeans, negativeSampling: 1 };
/** Steps that spoil any weights. */
const spoiling = { clipNorm: 1, optimizer: { kind: 'sgd', learningRate: 3, momentum: 0 } } as const;

/** Its last map begins somewhere else than at zero. */
@Plugin('own-last-map')
class OwnLastMap extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer | undefined {
    if (site.kind !== 'logit') return undefined;
    const kernel = site.scope().parameter('kernel', [site.inputs, 1], normal(1));
    return { parameters: undefined, forward: (x) => matMul(x, kernel.value) };
  }
}

async function firstBatch(): Promise<HostBatch> {
  for await (const batch of source.batches('validation', { batchSize: 64 })) return batch;
  throw new Error('no rows');
}

describe('the base margin', () => {
  it('is fitted to the target means of the training rows, whatever the seed', async () => {
    const [one, other] = [assemble(targetMeans), assemble(targetMeans, [], { seed: 2 })];
    await Promise.all([one, other].map(({ model }) => fitBaseMargin(model, source, noSampling)));
    const weights = one.model.store.get('margin/weights')!.toHost();
    expect(weights).toEqual(other.model.store.get('margin/weights')!.toHost());
    // Users and items matter, tags do not; the fields are in the order of the schema.
    expect(weights).toHaveLength(3);
    expect([weights[0]! > 0.3, weights[1]! < 0.2, weights[2]! > 0.3]).toEqual([true, true, true]);
    // The bias has no penalty: on the training rows as many clicks are expected as there are.
    const { train: rows } = data.splits;
    const expected = rows.reduce((sum, row) => sum + marginOf(one, row), 0);
    const clicks = rows.reduce((sum, row) => sum + data.labels![row]!, 0);
    expect(expected / clicks).toBeCloseTo(1, 5);
    one.dispose();
    other.dispose();
  });

  it.each([
    ['dnn', dnn, []],
    ['dnn with batch norm', { ...dnn, batchNorm: true }, []],
    ['dcnv2', { ...dcnv2, structure: 'stacked' }, []],
    ['per-domain', dnn, [perDomain]],
    ['star', dnn, [starTopology]],
    ['maml', dnn, [maml]],
  ] as const)('is all that a model predicts before the first step: %s', async (_, backbone, plugins) => {
    const assembled = assemble(targetMeans, plugins, { backbone });
    await fitBaseMargin(assembled.model, source, noSampling);
    for (const split of ['validation', 'test'] as const) {
      const { order, scores } = await predictSplit(assembled, source, split);
      order.forEach((row, i) => expect(scores[i]).toBeCloseTo(marginOf(assembled, row), 6));
    }
    assembled.dispose();
  });

  it('is added to a last map that a plugin owns', async () => {
    const extra = [OwnLastMap];
    const [with_, without] = [targetMeans, none].map((kind) => assemble(kind, [{ name: 'own-last-map' }], { extra }));
    await fitBaseMargin(with_!.model, source, noSampling);
    const [margin, plain] = await Promise.all([with_!, without!].map((one) => predictSplit(one, source, 'test')));
    const logit = (p: number): number => Math.log(p / (1 - p));
    expect(new Set(plain!.scores).size).toBeGreaterThan(100);
    margin!.order.forEach((row, i) => {
      expect(logit(margin!.scores[i]!) - logit(plain!.scores[i]!)).toBeCloseTo(logit(marginOf(with_!, row)), 3);
    });
    with_!.dispose();
    without!.dispose();
  });

  it('is of the row alone, however the batch is cut', async () => {
    const assembled = assemble(targetMeans);
    const { model } = assembled;
    await fitBaseMargin(model, source, noSampling);
    const batch = await firstBatch();
    const whole = [...model.margin!.of(batch)];
    expect(new Set(whole).size).toBeGreaterThan(20);
    const cuts = [
      Array.from(whole, (_, row) => sliceBatch(batch, row, row + 1)),
      [viewBatch(batch, 0, 10), viewBatch(batch, 10, batch.rows)],
      splitByDomain(batch),
    ];
    for (const parts of cuts) expect(parts.flatMap((part) => [...model.margin!.of(part)])).toEqual(whole);
    const empty = batch.order.findIndex((row) => logitsOf(row)[1] === 0);
    expect(empty).toBeGreaterThanOrEqual(0); // rows with an empty list are among them
    assembled.dispose();
  });

  it('is that of all rows where training sees a part of those without a click', async () => {
    const [all, sampled] = [assemble(targetMeans), assemble(targetMeans, [], { negativeSampling: 0.2 })];
    await fitBaseMargin(all.model, source, noSampling);
    await fitBaseMargin(sampled.model, source, { ...noSampling, negativeSampling: 0.2 });
    const [one, other] = await Promise.all([all, sampled].map((model) => predictSplit(model, source, 'validation')));
    one!.scores.forEach((score, i) => expect(other!.scores[i]).toBeCloseTo(score, 6));
    all.dispose();
    sampled.dispose();
  });
});

describe('a training with a base margin', () => {
  it('is evaluated before the first step, and keeps the margin where steps spoil it', async () => {
    const assembled = assemble(targetMeans);
    const before = liveTensors();
    const result = await train(assembled, source, { ...options, ...spoiling, epochs: 1 }, { seed: 1 });
    expect(liveTensors()).toBe(before);
    expect(result.evaluations.map(({ step }) => step)).toEqual([0, result.steps]);
    expect(result.bestStep).toBe(0);
    const { order, scores } = await predictSplit(assembled, source, 'test');
    order.forEach((row, i) => expect(scores[i]).toBeCloseTo(marginOf(assembled, row), 6));
    assembled.dispose();
  });

  it('helps where users have few rows, and goes on to learn from there', async () => {
    const lossOf = async (baseMargin: typeof targetMeans | typeof none) => {
      const assembled = assemble(baseMargin);
      const result = await train(assembled, source, { ...options, baseMargin, epochs: 6, patience: 6 }, { seed: 1 });
      const { metrics } = (await evaluateSplit(assembled, source, 'test'))!;
      assembled.dispose();
      return { loss: metrics.logLoss!, result };
    };
    const [margin, plain] = [await lossOf(targetMeans), await lossOf(none)];
    expect(margin.loss).toBeLessThan(plain.loss);
    const [start, ...later] = margin.result.evaluations.map(({ validation }) => validation!.metrics.logLoss!);
    expect(Math.min(...later)).toBeLessThan(start!);
    expect(plain.result.evaluations[0]!.step).toBeGreaterThan(0);
  });

  it.each([
    ['dnn', []],
    ['maml', [maml]],
    ['per-domain', [perDomain]],
  ] as const)('goes on after an interruption as if there had been none: %s', async (name, plugins) => {
    const checkpoints = new Checkpoints(join(folder, name));
    const whole = { ...options, epochs: 2, evaluateEvery: 5, checkpoint: { everySeconds: 1e-9, epochEnd: true } };
    const run = async (stopAt?: number) => {
      const assembled = assemble(targetMeans, plugins);
      const controller = new AbortController();
      const saving = stopAt === undefined ? {} : { saveTo: { checkpoints, identity: {} }, signal: controller.signal };
      try {
        const result = await train(assembled, source, whole, {
          ...{ seed: 1, ...saving },
          resumeFrom: stopAt === undefined ? undefined : await checkpoints.read({}),
          onStep: (step) => void (step === stopAt && controller.abort()),
        });
        const weights = assembled.model.store.list().map((one) => [one.path, one.toHost()] as const);
        const { scores } = await predictSplit(assembled, source, 'test');
        return { weights, scores, evaluations: result.evaluations };
      } catch (error) {
        if (controller.signal.aborted) return undefined;
        throw error;
      } finally {
        assembled.dispose();
      }
    };
    const expected = await run();
    expect([await run(3), await run(8)]).toEqual([undefined, undefined]);
    expect(await run(Infinity)).toEqual(expected);
  });

  it('leaves an artifact that predicts what the model does', async () => {
    const [assembled, fresh] = [assemble(targetMeans, [maml]), assemble(targetMeans, [maml], { seed: 9 })];
    await train(assembled, source, { ...options, epochs: 1 }, { seed: 1 });
    const directory = join(folder, 'artifact');
    await saveArtifact(directory, assembled.model, { config: {}, fields: {}, vocabularies: {}, metrics: {} });
    await predictSplit(fresh, source, 'test'); // a margin that was in use before is given up
    restoreWeights(fresh, (await loadArtifact(directory)).weights);
    const [one, other] = await Promise.all([assembled, fresh].map((model) => predictSplit(model, source, 'test')));
    expect(other!.scores).toEqual(one!.scores);
    expect(assembled.model.store.get('margin/bias')!.toHost()[0]).not.toBe(0);
    assembled.dispose();
    fresh.dispose();
  });
});

describe('a base margin that cannot be', () => {
  it('is refused: no field is a target mean, or the model was assembled without it', async () => {
    const { schema } = plainData;
    expect(() => assemble(targetMeans, [], { schema })).toThrow(
      expect.objectContaining({
        code: 'MDCTR_CONFIG_VALUE',
        message: expect.stringContaining('target mean') as string,
      }),
    );
    const assembled = assemble(none);
    await expect(train(assembled, openBatches(data), options, { seed: 1 })).rejects.toMatchObject({
      code: 'MDCTR_CONFIG_VALUE',
    });
    assembled.dispose();
  });
});
