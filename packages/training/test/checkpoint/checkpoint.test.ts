import { Random } from '@mdctr/base';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBatches } from '@mdctr/data';
import { Checkpoints, train, type PartialTrainingOptions, type TrainingResult } from '../../src/index.js';
import { describe, expect, it } from 'vitest';
import {
  adaSparse,
  apg,
  assemble,
  data,
  dcnv2,
  dnn,
  maml,
  perDomain,
  starAll,
} from '../../../../test/support/small-models.js';

const source = openBatches(data);
const options: PartialTrainingOptions = {
  epochs: 4,
  batchSize: 128,
  batchDomains: 'mixed',
  optimizer: { kind: 'adam', learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  selectBy: 'auc',
  patience: 2,
  checkpoint: { everySeconds: 1e-9, epochEnd: true },
  precision: 'float32',
};
const identity = { test: 1 };
const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'mdctr-')), 'model');

const cycle = { warmupShare: 0.4, startFactor: 0.1, endFactor: 0.01 };
/** Never satisfied: the rate goes down after every epoch but the first. */
const plateau = {
  kind: 'plateau',
  warmupSteps: 3,
  by: 'logLoss',
  factor: 0.3,
  patience: 1,
  minDelta: 1,
  cooldown: 0,
  minFactor: 0,
};

class Interruption extends Error {}

describe('a training that is interrupted at some steps', () => {
  it.each([
    ['dnn, single domains', dnn, [], { batchDomains: 'single' }],
    ['maml, sampled negatives', dnn, [maml], { negativeSampling: 0.5, evaluateEvery: 2, patience: 10 }],
    [
      'star, row-wise adagrad',
      dnn,
      [starAll],
      { optimizer: { kind: 'rowWiseAdagrad', learningRate: 0.05, initialAccumulator: 0, epsilon: 1e-8 } },
    ],
    [
      'dnn, evaluations within epochs',
      dnn,
      [],
      { evaluateEvery: 3, evaluateAtStart: true, patience: 7, schedule: plateau },
    ],
    [
      'dcnv2, weights averaged exponentially',
      { ...dcnv2, dropout: 0.2, batchNorm: true },
      [adaSparse],
      { averaging: { kind: 'ema', decay: 0.9 }, evaluateEvery: 4, patience: 10 },
    ],
    ['star, mean of weights', dnn, [starAll], { averaging: { kind: 'swa', from: 0.3 }, unknownRate: 0.1 }],
    [
      'dnn, balanced domains',
      dnn,
      [],
      { domainSampling: { kind: 'balanced' }, domainWeights: { kind: 'temperature', temperature: 2 } },
    ],
    ['star, accumulated', { ...dnn, dropout: 0.2 }, [starAll], { batchSize: 32, accumulate: 3 }],
    ['adasparse', { ...dcnv2, dropout: 0.2, batchNorm: true }, [adaSparse], {}],
    ['star', { ...dnn, dropout: 0.2 }, [starAll], {}],
    ['apg', { ...dnn, dropout: 0.2 }, [apg], { optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9 } }],
    ['maml', dnn, [{ ...maml, rate: 'learned' }], { schedule: { kind: 'oneCycle', ...cycle } }],
    [
      'dnn, cosine and decay',
      dnn,
      [],
      {
        schedule: { kind: 'cosine', warmupSteps: 7, endFactor: 0 },
        regularization: {
          dense: { weightDecay: 0.1, l2: 0, exempt: [] },
          embedding: { weightDecay: 0.3, l2: 0.01, l2ByFrequency: 0.1 },
        },
      },
    ],
    ['dnn, plateau', dnn, [], { schedule: plateau, optimizer: { kind: 'sgd', learningRate: 0.5, momentum: 0.9 } }],
    [
      'per-domain',
      dnn,
      [perDomain],
      { optimizer: { kind: 'adagrad', learningRate: 0.05, initialAccumulator: 0, epsilon: 1e-10 } },
    ],
  ] as const)('ends with the same weights and metrics: %s', async (name, backbone, plugins, more) => {
    const checkpoints = new Checkpoints(newFolder());
    const random = new Random(3).fork(name);
    const run = async (stops: boolean): Promise<{ result: TrainingResult; weights: unknown } | undefined> => {
      const assembled = assemble(backbone, plugins);
      const resumeFrom = stops ? await checkpoints.read(identity) : undefined;
      let left = 1 + Math.floor(random.uniform() * 9);
      try {
        const result = await train(assembled, source, { ...options, ...more } as PartialTrainingOptions, {
          seed: 1,
          resumeFrom,
          ...(stops && { saveTo: { checkpoints, identity } }),
          onStep: () => {
            if (stops && left-- === 0) throw new Interruption();
          },
          // After the checkpoint of an epoch's last step, before that of its end.
          onEpoch: () => {
            if (stops && left-- === 0) throw new Interruption();
          },
        });
        const { store } = assembled.model;
        const weights = [...store.list(), ...store.tables()].map((holder) => [holder.path, holder.toHost()] as const);
        return { result, weights };
      } catch (error) {
        if (error instanceof Interruption) return undefined;
        throw error;
      } finally {
        assembled.dispose();
      }
    };
    const whole = (await run(false))!;
    let interruptions = 0;
    let ended = await run(true);
    for (; !ended; ended = await run(true)) interruptions++;
    expect(interruptions).toBeGreaterThan(3);
    expect(ended.weights).toEqual(whole.weights);
    expect({ ...ended.result, stepMs: 0 }).toEqual({ ...whole.result, stepMs: 0 });
  });
});

describe('checkpoints', () => {
  it('are one at a time, and none after a training that diverged', async () => {
    const checkpoints = new Checkpoints(newFolder());
    const assembled = assemble(dnn);
    const wild: PartialTrainingOptions = {
      ...options,
      maxLoss: 1e38,
      optimizer: { kind: 'sgd', learningRate: 1e9, momentum: 0 },
    };
    let seen = 0;
    const training = train(assembled, source, wild, {
      seed: 1,
      saveTo: { checkpoints, identity },
      onStep: (step) => {
        if (step > 1) seen = Math.max(seen, readdirSync(checkpoints.directory).length);
      },
    });
    await expect(training).rejects.toMatchObject({ code: 'MDCTR_TRAINING_DIVERGED' });
    expect(seen).toBe(1);
    expect(existsSync(checkpoints.directory)).toBe(false);
    assembled.dispose();
  });
});
