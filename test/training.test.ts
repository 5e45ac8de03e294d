import { openBatches } from '@mdctr/data';
import { liveTensors } from '@mdctr/tensor';
import { evaluateSplit, train, type TrainingOptions, type TrainingResult } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, data, dcnv2, dnn } from './support.js';

const options: TrainingOptions = {
  epochs: 4,
  batchSize: 128,
  batchDomains: 'mixed',
  optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  selectBy: 'auc',
  patience: 4,
  precision: 'float32',
};
const source = openBatches(data);

/** What is reproducible of a training: all but the times. */
const figures = ({ epochs, bestEpoch, steps }: TrainingResult): unknown => ({ epochs, bestEpoch, steps });

describe('training', () => {
  it('ends with the weights of the best epoch', async () => {
    const trial = assemble(dnn);
    const result = await train(trial, source, { ...options, epochs: 8, patience: 8 }, { seed: 1 });
    const scores = result.epochs.map(({ validation }) => validation!.auc!);
    expect(result.epochs).toHaveLength(8);
    expect(result.bestEpoch).toBeLessThan(8); // it overfits, so there is something to restore
    expect(scores[result.bestEpoch - 1]).toBe(Math.max(...scores));
    expect((await evaluateSplit(trial, source, 'validation'))!.auc).toBe(Math.max(...scores));
    expect(result.epochs.at(-1)!.loss).toBeLessThan(result.epochs[0]!.loss);
    trial.dispose();
  });

  it('of single domains takes the steps that the batches have, and learns', async () => {
    const trial = assemble(dnn);
    const planned: number[] = [];
    const onStep = (_step: number, steps: number): void => void planned.push(steps);
    const result = await train(trial, source, { ...options, batchDomains: 'single' }, { seed: 1, onStep });
    const count = source.count('train', { batchSize: 128, domains: 'single' });
    expect(count).toBeGreaterThan(source.count('train', { batchSize: 128 }));
    expect(result.steps).toBe(count * result.epochs.length);
    expect(new Set(planned)).toEqual(new Set([count * 4]));
    expect(result.epochs.at(-1)!.loss).toBeLessThan(result.epochs[0]!.loss);
    trial.dispose();
  });

  it('stops after `patience` epochs without a better one', async () => {
    const trial = assemble(dnn);
    const result = await train(trial, source, { ...options, epochs: 20, patience: 2 }, { seed: 1 });
    expect(result.epochs).toHaveLength(result.bestEpoch + 2);
    trial.dispose();
  });

  it('selects by log loss where asked: the least is the best', async () => {
    const trial = assemble(dnn);
    const result = await train(trial, source, { ...options, selectBy: 'logLoss' }, { seed: 1 });
    const losses = result.epochs.map(({ validation }) => validation!.logLoss);
    expect(losses[result.bestEpoch - 1]).toBe(Math.min(...losses));
    trial.dispose();
  });

  it('says that it diverged instead of going on', async () => {
    const trial = assemble(dnn);
    const wild: TrainingOptions = { ...options, optimizer: { kind: 'sgd', learningRate: 1e20, momentum: 0 } };
    await expect(train(trial, source, wild, { seed: 1 })).rejects.toMatchObject({ code: 'MDCTR_TRAINING_DIVERGED' });
    trial.dispose();
  });

  it.each([
    ['adagrad', { kind: 'adagrad', learningRate: 0.05, initialAccumulator: 0, epsilon: 1e-10 }],
    ['sgd with momentum', { kind: 'sgd', learningRate: 0.5, momentum: 0.9 }],
  ] as const)('learns with %s', async (_name, optimizer) => {
    const trial = assemble(dnn);
    const result = await train(trial, source, { ...options, optimizer }, { seed: 1 });
    expect(Math.max(...result.epochs.map(({ validation }) => validation!.auc!))).toBeGreaterThan(0.6);
    trial.dispose();
  });
});

describe('the same config and seed', () => {
  const run = async (seed: number, plugins = [adaSparse]): Promise<unknown> => {
    const trial = assemble({ ...dcnv2, dropout: 0.2, batchNorm: true }, plugins, [], seed);
    const result = await train(trial, source, { ...options, epochs: 2 }, { seed });
    trial.dispose();
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
      const trial = assemble({ ...dcnv2, batchNorm: true, dropout: 0.1 }, [adaSparse]);
      await train(trial, source, { ...options, epochs: 2 }, { seed: 1 });
      trial.dispose();
    };
    await once();
    const before = liveTensors();
    await once();
    expect(liveTensors()).toBe(before);
  });

  it('do not pile up from step to step', async () => {
    const trial = assemble(dnn, [adaSparse]);
    const counts: number[] = [];
    await train(trial, source, { ...options, epochs: 1 }, { seed: 1, onStep: () => counts.push(liveTensors()) });
    expect(new Set(counts.slice(2)).size).toBe(1);
    trial.dispose();
  });
});
