import { type AssembledModel } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { liveTensors } from '@mdctr/tensor';
import { evaluateSplit, train, type PartialTrainingOptions } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, data, dcnv2, dnn, starTopology } from '../../../test/support/small-models.js';
import { options, source, figures } from './small-training.js';

describe('training', () => {
  it('ends with the weights of the best epoch', async () => {
    const assembled = assemble(dnn);
    const result = await train(assembled, source, { ...options, epochs: 8, patience: 8 }, { seed: 1 });
    const scores = result.epochs.map(({ validation }) => validation!.metrics.auc!);
    expect(result.epochs).toHaveLength(8);
    expect(result.bestEpoch).toBeLessThan(8); // it overfits, so there is something to restore
    expect(scores[result.bestEpoch - 1]).toBe(Math.max(...scores));
    expect((await evaluateSplit(assembled, source, 'validation'))!.metrics.auc).toBe(Math.max(...scores));
    expect(result.epochs.at(-1)!.loss).toBeLessThan(result.epochs[0]!.loss);
    assembled.dispose();
  });

  it('of single domains takes the steps that the batches have, and learns', async () => {
    const assembled = assemble(dnn);
    const planned: number[] = [];
    const onStep = (_step: number, steps: number): void => void planned.push(steps);
    const result = await train(assembled, source, { ...options, batchDomains: 'single' }, { seed: 1, onStep });
    const count = source.count('train', { batchSize: 128, domains: 'single' });
    expect(count).toBeGreaterThan(source.count('train', { batchSize: 128 }));
    expect(result.steps).toBe(count * result.epochs.length);
    expect(new Set(planned)).toEqual(new Set([count * 4]));
    expect(result.epochs.at(-1)!.loss).toBeLessThan(result.epochs[0]!.loss);
    assembled.dispose();
  });

  it('stops after `patience` epochs without a better one', async () => {
    const assembled = assemble(dnn);
    const result = await train(assembled, source, { ...options, epochs: 20, patience: 2 }, { seed: 1 });
    expect(result.epochs).toHaveLength(result.bestEpoch + 2);
    assembled.dispose();
  });

  it('stops where the metric gets better by no more than minDelta, with the best epoch’s weights all the same', async () => {
    const assembled = assemble(dnn);
    const more = { selectBy: 'logLoss', patience: 2, minDelta: 10, epochs: 20 } as const;
    const { epochs, bestEpoch } = await train(assembled, source, { ...options, ...more }, { seed: 1 });
    const losses = epochs.map(({ validation }) => validation!.metrics.logLoss!);
    expect(losses).toHaveLength(3); // the first is better than none, the next two are not better enough
    expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
    expect(bestEpoch).toBeGreaterThan(1);
    expect((await evaluateSplit(assembled, source, 'validation'))!.metrics.logLoss).toBe(Math.min(...losses));
    assembled.dispose();
  });

  it.each([
    ['domainAuc', Math.max],
    ['domainMacroAuc', Math.max],
    ['prAuc', Math.max],
    ['logLoss', Math.min],
    ['normalizedEntropy', Math.min],
    ['ece', Math.min],
  ] as const)('selects by %s where asked, in its direction', async (selectBy, bestOf) => {
    const assembled = assemble(dnn);
    const result = await train(assembled, source, { ...options, selectBy }, { seed: 1 });
    const values = result.epochs.map(({ validation }) => validation!.metrics[selectBy]!);
    expect(new Set(values).size).toBe(values.length);
    expect(values[result.bestEpoch - 1]).toBe(bestOf(...values));
    assembled.dispose();
  });

  describe('by the AUC inside groups', () => {
    const selectBy = 'gauc';
    const grouped = openBatches({ ...data, groups: data.domains.map((_, row) => (row * 7) % 25) });

    it('selects and reports, also by domain', async () => {
      const assembled = assemble(dnn);
      const { epochs, bestEpoch } = await train(assembled, grouped, { ...options, selectBy }, { seed: 1 });
      const values = epochs.map(({ validation }) => validation!.metrics.gauc!);
      expect(new Set(values).size).toBe(values.length);
      expect(values[bestEpoch - 1]).toBe(Math.max(...values));
      expect(epochs[0]!.validation!.groups).toBe(25);
      for (const domain of epochs[0]!.validation!.domains) expect(domain.groupsWithAuc).toBeGreaterThan(0);
      assembled.dispose();
    });

    it('is refused where rows have no groups', async () => {
      const assembled = assemble(dnn);
      const training = train(assembled, source, { ...options, selectBy }, { seed: 1 });
      await expect(training).rejects.toThrow(
        /MDCTR_CONFIG_VALUE[^]*training\.selectBy[^]*data\.gaucBy[^]*meaning[^]*"domainAuc"/,
      );
      assembled.dispose();
    });
  });

  describe('that diverges', () => {
    const wild = (learningRate: number): PartialTrainingOptions => {
      return { ...options, optimizer: { kind: 'sgd', learningRate, momentum: 0 } };
    };
    const failure = async (assembled: AssembledModel, failing: PartialTrainingOptions): Promise<string> => {
      const error: unknown = await train(assembled, source, failing, { seed: 1 }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'MDCTR_TRAINING_DIVERGED' });
      assembled.dispose();
      return (error as Error).message;
    };

    it('says so, with step and what to try, instead of going on', async () => {
      const message = await failure(assemble(dnn), wild(1e20));
      expect(message).toMatch(/the loss of step [23] \(epoch 1\) is/);
      expect(message).toContain('which is 100000000000000000000, to 10000000000000000000');
    });

    it('leaves no tensors behind', async () => {
      await failure(assemble(dnn), wild(1e20));
      const before = liveTensors();
      await failure(assemble(dnn), wild(1e20));
      expect(liveTensors()).toBe(before);
    });

    it('says so when the loss explodes', async () => {
      const message = await failure(assemble(dnn), { ...options, maxLoss: 0.1 });
      expect(message).toMatch(/the loss of step 1 \(epoch 1\) is 0\.\d+\./);
      expect(message).toContain('all values and gradients are finite; the largest value is in');
    });

    it('names the parameter that is not finite, and its domain', async () => {
      const assembled = assemble(dnn, [starTopology]);
      const parameter = assembled.model.store.get('star/deep/0/kernel')!;
      const values = parameter.toHost();
      values[(2 * values.length) / 4] = NaN; // the first of domain id 3
      parameter.write(values);
      const message = await failure(assembled, options);
      expect(message).toContain(
        `values of "star/deep/0/kernel" are not finite (1 of ${values.length} numbers, domains ${data.schema.domains[3]})`,
      );
    });

    it('names the field whose embeddings are not finite', async () => {
      const assembled = assemble(dnn);
      const values = assembled.model.table.toHost();
      const { name, offset, size } = assembled.model.schema.fields[1]!;
      values.fill(Infinity, offset * assembled.model.dim, (offset + size) * assembled.model.dim);
      assembled.model.table.write(values);
      expect(await failure(assembled, options)).toContain(`embeddings of field "${name}" are not finite`);
    });
  });

  it.each([
    ['adagrad', { kind: 'adagrad', learningRate: 0.05, initialAccumulator: 0, epsilon: 1e-10 }],
    ['row-wise adagrad', { kind: 'rowWiseAdagrad', learningRate: 0.05, initialAccumulator: 0, epsilon: 1e-8 }],
    ['sgd with momentum', { kind: 'sgd', learningRate: 0.5, momentum: 0.9 }],
  ] as const)('learns with %s', async (_name, optimizer) => {
    const assembled = assemble(dnn);
    const result = await train(assembled, source, { ...options, optimizer }, { seed: 1 });
    expect(Math.max(...result.epochs.map(({ validation }) => validation!.metrics.auc!))).toBeGreaterThan(0.6);
    assembled.dispose();
  });
});

describe('the same config and seed', () => {
  const run = async (seed: number, plugins = [adaSparse]): Promise<unknown> => {
    const assembled = assemble({ ...dcnv2, dropout: 0.2, batchNorm: true }, plugins, [], seed);
    const result = await train(assembled, source, { ...options, epochs: 2 }, { seed });
    assembled.dispose();
    return figures(result);
  };

  it('give the same metrics to the last digit; another seed gives others', async () => {
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('without the plugin give the plain backbone, whatever ran before', async () => {
    const plain = await run(1, []);
    const withPlugin = await run(1);
    expect(withPlugin).not.toEqual(plain);
    expect(await run(1, [])).toEqual(plain);
  });
});

describe('tensors', () => {
  it('do not pile up over steps, evaluations and trials', async () => {
    const once = async (): Promise<void> => {
      const assembled = assemble({ ...dcnv2, batchNorm: true, dropout: 0.1 }, [adaSparse]);
      await train(assembled, source, { ...options, epochs: 2 }, { seed: 1 });
      assembled.dispose();
    };
    await once();
    const before = liveTensors();
    await once();
    expect(liveTensors()).toBe(before);
  });

  it('do not pile up from step to step', async () => {
    const assembled = assemble(dnn, [adaSparse]);
    const counts: number[] = [];
    await train(assembled, source, { ...options, epochs: 1 }, { seed: 1, onStep: () => counts.push(liveTensors()) });
    expect(new Set(counts.slice(2)).size).toBe(1);
    assembled.dispose();
  });
});
