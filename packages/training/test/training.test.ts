import { Random } from '@mdctr/base';
import {
  DomainPlugin,
  Plugin,
  splitByDomain,
  type HostBatch,
  type Step,
  type AssembledModel,
  type UnitConfig,
} from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { liveTensors } from '@mdctr/tensor';
import {
  completeOptions,
  createOptimizer,
  evaluateSplit,
  lossSettings,
  plainStep,
  stepContext,
  train,
  type PartialTrainingOptions,
  type TrainingResult,
} from '../src/index.js';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { expectDocumented } from '../../../test/messages/run-cases.js';
import {
  adaSparse,
  assemble,
  data,
  dcnv2,
  dnn,
  firstBatch,
  maml,
  starTopology,
} from '../../../test/support/small-models.js';

const options: PartialTrainingOptions = {
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
    ['sgd with momentum', { kind: 'sgd', learningRate: 0.5, momentum: 0.9 }],
  ] as const)('learns with %s', async (_name, optimizer) => {
    const assembled = assemble(dnn);
    const result = await train(assembled, source, { ...options, optimizer }, { seed: 1 });
    expect(Math.max(...result.epochs.map(({ validation }) => validation!.metrics.auc!))).toBeGreaterThan(0.6);
    assembled.dispose();
  });
});

describe('the learning rate', () => {
  const rates = async (more: Partial<PartialTrainingOptions>, plugins: UnitConfig[] = []): Promise<number[]> => {
    const assembled = assemble(dnn, plugins);
    const seen: number[] = [];
    const onStep = (_step: number, _steps: number, _loss: number, rate: number): void => void seen.push(rate);
    const result = await train(assembled, source, { ...options, epochs: 3, ...more }, { seed: 1, onStep });
    const steps = seen.length / result.epochs.length;
    expect(result.epochs.map(({ learningRate }) => learningRate)).toEqual(seen.filter((_, i) => (i + 1) % steps === 0));
    assembled.dispose();
    return seen;
  };

  it('follows the schedule from step to step', async () => {
    const seen = await rates({ schedule: { kind: 'linear', warmupSteps: 2, endFactor: 0 } });
    expect(seen.slice(0, 3)).toEqual([0.005, 0.01, 0.01]);
    expect(seen.at(-1)).toBeCloseTo(0.01 / (seen.length - 2), 9);
  });

  it('goes down on a plateau of the metric', async () => {
    const schedule = { kind: 'plateau', warmupSteps: 0, by: 'logLoss', factor: 0.1, patience: 1 } as const;
    const seen = await rates({ schedule: { ...schedule, minDelta: 1, cooldown: 0, minFactor: 0 } });
    const each = seen.length / 3;
    const wanted = [0.01, 0.01, 0.001]; // the first epoch has nothing to be better than
    wanted.forEach((rate, epoch) => {
      for (const found of seen.slice(epoch * each, (epoch + 1) * each)) expect(found).toBeCloseTo(rate, 12);
    });
  });

  it.each([
    ['the plain step', []],
    ['the outer step of maml', [maml]],
  ])('is that of %s', async (_name, plugins) => {
    const moved = async (endFactor: number): Promise<number> => {
      const assembled = assemble(dnn, plugins);
      const kernel = assembled.model.store.get('dnn/deep/0/kernel')!;
      const values: Float32Array[] = [kernel.toHost()];
      const schedule = { kind: 'linear', warmupSteps: 0, endFactor } as const;
      const sgdOptions = { kind: 'sgd', learningRate: 0.1, momentum: 0 } as const;
      const onStep = (): void => void values.push(kernel.toHost());
      await train(assembled, source, { ...options, epochs: 1, optimizer: sgdOptions, schedule }, { seed: 1, onStep });
      assembled.dispose();
      const [before, after] = values.slice(-2);
      return Math.hypot(...after!.map((value, i) => value - before![i]!));
    };
    const [constant, fading] = [await moved(1), await moved(0)];
    const steps = source.count('train', { batchSize: 128 });
    expect(fading / constant).toBeGreaterThan(0.7 / steps); // about 1 / steps
    expect(fading / constant).toBeLessThan(1.4 / steps);
  });

  it('is not lowered by a plateau without validation rows: that is refused', async () => {
    const assembled = assemble(dnn);
    const none = openBatches({ ...data, splits: { ...data.splits, validation: new Int32Array(0) } });
    const schedule = { kind: 'plateau', warmupSteps: 0, factor: 0.1, patience: 1 } as const;
    const more = { ...options, schedule: { ...schedule, minDelta: 0, cooldown: 0, minFactor: 0 } };
    await expect(train(assembled, none, more, { seed: 1 })).rejects.toThrow('there are no validation rows');
    assembled.dispose();
  });

  it('that a plateau lowers only after the training has stopped is refused', async () => {
    const assembled = assemble(dnn);
    const schedule = { kind: 'plateau', warmupSteps: 0, factor: 0.1, patience: 1 } as const;
    const late = { ...options, patience: 1, schedule: { ...schedule, minDelta: 0, cooldown: 0, minFactor: 0 } };
    await expect(train(assembled, source, late, { seed: 1 })).rejects.toThrow('less than training.patience, 1');
    assembled.dispose();
  });
});

const batch = await firstBatch();

/** By path, what one step of plain gradient descent at rate 1 takes off the values: the gradients that were applied. */
function appliedBy(more: Partial<PartialTrainingOptions>): Map<string, { before: Float32Array; taken: Float32Array }> {
  const assembled = assemble({ ...dnn, batchNorm: true }, [adaSparse]);
  const full = completeOptions({ ...options, ...more, optimizer: { kind: 'sgd', learningRate: 1, momentum: 0 } });
  const optimizer = createOptimizer(full);
  const holders = [...assembled.model.store.trainable(), ...assembled.model.store.tables()];
  const before = holders.map((holder) => holder.toHost());
  plainStep(batch, stepContext(assembled.model, optimizer, new Random(1), full));
  optimizer.flush(assembled.model.table);
  const result = holders.map((holder, h) => {
    const after = holder.toHost();
    return [holder.path, { before: before[h]!, taken: before[h]!.map((value, i) => value - after[i]!) }] as const;
  });
  optimizer.dispose();
  assembled.dispose();
  return new Map(result);
}

describe('accumulated batches', () => {
  const weightsAfter = async (more: Partial<PartialTrainingOptions>, plugins: UnitConfig[] = []): Promise<number[]> => {
    const assembled = assemble(dnn, plugins);
    const optimizer = { kind: 'sgd', learningRate: 0.5, momentum: 0.9 } as const;
    const result = await train(assembled, source, { ...options, epochs: 2, optimizer, ...more }, { seed: 1 });
    expect(result.steps).toBe(2 * source.count('train', { batchSize: 128 }));
    const { store } = assembled.model;
    const values = [...store.trainable(), ...store.tables()].flatMap((holder) => [...holder.toHost()]);
    assembled.dispose();
    return [...values, ...result.epochs.map(({ loss }) => loss)];
  };

  it('make the update of one batch of all their rows, the short last one included', async () => {
    const more = { clipNorm: 0.1 };
    const whole = await weightsAfter({ batchSize: 128, ...more });
    const parts = await weightsAfter({ batchSize: 32, accumulate: 4, ...more });
    expect(source.rows('train') % 32).not.toBe(0);
    expect(source.count('train', { batchSize: 32 }) % 4).not.toBe(0);
    const largest = Math.max(...parts.map((value, i) => Math.abs(value - whole[i]!)));
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(1e-5);
  });

  it('go with maml, whose outer gradients are averaged', async () => {
    const found = await weightsAfter({ batchSize: 32, accumulate: 4 }, [maml]);
    expect(found.every(Number.isFinite)).toBe(true);
  });

  it('leave no tensors behind', async () => {
    await weightsAfter({ batchSize: 32, accumulate: 4 });
    const before = liveTensors();
    await weightsAfter({ batchSize: 32, accumulate: 4 });
    expect(liveTensors()).toBe(before);
  });

  it('are refused where a plugin makes updates of its own', async () => {
    @Plugin('twice', { options: Type.Object({}) })
    class Twice extends DomainPlugin {
      override step(next: Step): Step {
        return (host, context) => next(host, context) + next(host, context);
      }
    }
    const before = liveTensors();
    const assembled = assemble(dnn, [{ name: 'twice' }], [Twice]);
    const training = train(assembled, source, { ...options, accumulate: 2 }, { seed: 1 });
    const error = await training.catch((error: Error) => error);
    expect(error).toMatchObject({ code: 'MDCTR_TRAINING_ACCUMULATE', details: { found: '2' } });
    expectDocumented('MDCTR_TRAINING_ACCUMULATE', (error as Error).message);
    assembled.dispose();
    expect(liveTensors()).toBe(before);
  });
});

describe('domain weights', () => {
  /** Mean loss of a batch whose rows all are of one domain. */
  const lossOf = (host: HostBatch, more: Partial<PartialTrainingOptions>): number => {
    const assembled = assemble(dnn);
    const full = completeOptions({ ...options, ...more });
    const optimizer = createOptimizer(full);
    const loss = plainStep(host, stepContext(assembled.model, optimizer, new Random(1), lossSettings(full, source)));
    optimizer.dispose();
    assembled.dispose();
    return loss;
  };
  const counts = source.rowsByDomain('train');
  const rows = source.rows('train');
  const parts = splitByDomain(batch);
  const temperature = { kind: 'temperature', temperature: 4 } as const;

  it.each([
    ['balanced', { domainWeights: { kind: 'balanced' } }, -1, undefined],
    ['temperature', { domainWeights: temperature }, 1 / 4 - 1, undefined],
    ['balanced', { domainWeights: { kind: 'balanced' }, domainSampling: temperature }, -1, { exponent: 1 / 4 }],
  ] as const)('%s: n_d^(x - 1), with a mean of 1 over the rows of an epoch', (_kind, more, power, sampling) => {
    const drawn = source.rowsByDomain('train', { ...(sampling && { sampling }) });
    const mean = [...drawn].reduce((sum, [domain, count]) => sum + count * counts.get(domain)! ** power, 0) / rows;
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      const weight = counts.get(part.domainIds[0]!)! ** power / mean;
      expect(lossOf(part, more)).toBeCloseTo(weight * lossOf(part, {}), 5);
    }
  });

  it('weigh the rows of a batch each by its own', () => {
    const more: Partial<PartialTrainingOptions> = { domainWeights: { kind: 'balanced' } };
    const apart = parts.reduce((sum, part) => sum + (part.rows / batch.rows) * lossOf(part, more), 0);
    expect(lossOf(batch, more)).toBeCloseTo(apart, 5);
    expect(lossOf(batch, more)).not.toBeCloseTo(lossOf(batch, {}), 3);
  });

  it('and sampling leave the number of steps as it is', async () => {
    const assembled = assemble(dnn);
    const more = { domainSampling: { kind: 'balanced' }, domainWeights: temperature, epochs: 2 } as const;
    const { steps, epochs } = await train(assembled, source, { ...options, ...more }, { seed: 1 });
    expect(steps).toBe(2 * source.count('train', { batchSize: 128 }));
    expect(epochs[1]!.loss).toBeLessThan(epochs[0]!.loss);
    assembled.dispose();
  });
});

describe('label smoothing', () => {
  const lossAt = (labelSmoothing: number, labels = batch.labels!): number => {
    const assembled = assemble(dnn, [adaSparse]);
    const full = completeOptions({ ...options, labelSmoothing });
    const optimizer = createOptimizer(full);
    const loss = plainStep({ ...batch, labels }, stepContext(assembled.model, optimizer, new Random(1), full));
    optimizer.dispose();
    assembled.dispose();
    return loss;
  };

  it('mixes the loss of the labels with that of a coin', () => {
    const turned = batch.labels!.map((label) => 1 - label);
    // Cross entropy is linear in the label: half of a coin's loss is that of the turned labels.
    const coin = (lossAt(0) + lossAt(0, turned)) / 2;
    expect(lossAt(0)).not.toBeCloseTo(coin, 2);
    expect(lossAt(0.3)).toBeCloseTo(0.7 * lossAt(0) + 0.3 * coin, 6);
  });

  it('is not in the metrics', async () => {
    const assembled = assemble(dnn);
    const plain = await evaluateSplit(assembled, source, 'validation');
    expect(await evaluateSplit(assembled, source, 'validation', { labelSmoothing: 0.5 })).toEqual(plain);
    assembled.dispose();
  });

  it('is what variants adapt by', async () => {
    const adapted = async (settings: object): Promise<unknown> => {
      const assembled = assemble(dnn, [maml]);
      const { variants } = (await evaluateSplit(assembled, source, 'validation', settings))!;
      assembled.dispose();
      return variants;
    };
    expect(await adapted({ labelSmoothing: 0.5 })).not.toEqual(await adapted({}));
  });
});

describe('regularization', () => {
  const spared = (path: string): boolean => /\/bias$|\/norm\//.test(path);
  const exempt = ['**/bias', '**/norm/*', 'maml/rate/**'];
  const plain = appliedBy({});
  const none = { weightDecay: 0, l2: 0 };
  const inBatch = new Set(batch.uniqueIds);

  it.each([
    ['l2', { l2: 0.25, weightDecay: 0 }],
    ['weightDecay', { l2: 0, weightDecay: 0.25 }],
  ])('%s takes its share off dense parameters, biases and norms excepted', (_name, terms) => {
    const found = appliedBy({ regularization: { dense: { ...terms, exempt }, embedding: none } });
    expect([...found.keys()].filter(spared).length).toBeGreaterThan(6);
    for (const [path, { before, taken }] of found) {
      const share = spared(path) || path === 'embedding' ? 0 : 0.25;
      const unlike = taken.filter(
        (value, i) => Math.abs(value - plain.get(path)!.taken[i]! - share * before[i]!) > 1e-6,
      );
      expect(unlike, path).toHaveLength(0);
    }
  });

  it.each([
    ['l2', 'the rows of the batch', { l2: 0.25, weightDecay: 0 }],
    ['weightDecay', 'all rows', { l2: 0, weightDecay: 0.25 }],
  ])('%s of the embedding table takes its share off %s', (name, _rows, terms) => {
    const found = appliedBy({ regularization: { dense: { ...none, exempt }, embedding: terms } }).get('embedding')!;
    expect(inBatch.size).toBeLessThan(found.before.length / 4);
    found.taken.forEach((value, i) => {
      const share = name === 'weightDecay' || inBatch.has(Math.floor(i / 4)) ? 0.25 : 0;
      expect(value).toBeCloseTo(plain.get('embedding')!.taken[i]! + share * found.before[i]!, 6);
    });
  });

  it('that takes more off than there is, is refused', async () => {
    const assembled = assemble(dnn);
    const regularization = { dense: { ...none, exempt }, embedding: { l2: 0, weightDecay: 100 } };
    await expect(train(assembled, source, { ...options, regularization }, { seed: 1 })).rejects.toThrow(
      'training.regularization.embedding.weightDecay',
    );
    assembled.dispose();
  });
});

describe('clipNorm', () => {
  const applied = (clipNorm: number): Float32Array =>
    Float32Array.from([...appliedBy({ clipNorm }).values()].flatMap(({ taken }) => [...taken]));
  const norm = (values: Float32Array): number => Math.hypot(...values);

  it('scales all gradients alike, down to the norm, and leaves smaller ones alone', () => {
    const whole = applied(0);
    const length = norm(whole);
    expect(applied(2 * length)).toEqual(whole);
    const clipped = applied(length / 4);
    expect(norm(clipped) / length).toBeCloseTo(0.25, 4);
    clipped.forEach((value, i) => expect(Math.abs(4 * value - whole[i]!)).toBeLessThan(2e-6));
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
