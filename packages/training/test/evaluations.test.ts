import { liveTensors } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, dnn } from '../../../test/support/small-models.js';
import { evaluateSplit, train, type PartialTrainingOptions, type TrainingResult } from '../src/index.js';
import { figures, options, source } from './small-training.js';

const stepsAnEpoch = source.count('train', { batchSize: options.batchSize });

interface Run {
  readonly result: TrainingResult;
  readonly weights: readonly Float32Array[];
  /** Validation AUC of the weights that the training left. */
  readonly auc: number;
}

async function run(more: Partial<PartialTrainingOptions>): Promise<Run> {
  const assembled = assemble(dnn);
  const result = await train(assembled, source, { ...options, ...more }, { seed: 1 });
  const { store } = assembled.model;
  const weights = [...store.list(), ...store.tables()].map((holder) => holder.toHost());
  const { metrics } = (await evaluateSplit(assembled, source, 'validation'))!;
  assembled.dispose();
  return { result, weights, auc: metrics.auc! };
}

describe('evaluations within an epoch', () => {
  it('stand at every so many steps of an epoch, and at its end; the best weights of all are kept', async () => {
    const every = 3;
    const { result, auc } = await run({ evaluateEvery: every, patience: 1000 });
    const { evaluations, epochs, bestStep, bestEpoch } = result;
    const within = Array.from({ length: Math.floor((stepsAnEpoch - 1) / every) }, (_, i) => every * (i + 1));
    const steps = [0, 1, 2, 3].flatMap((epoch) => [...within, stepsAnEpoch].map((step) => epoch * stepsAnEpoch + step));
    expect(evaluations.map(({ step }) => step)).toEqual(steps);
    for (const { step, epoch, epochsDone } of evaluations) {
      expect(epochsDone).toBeCloseTo(step / stepsAnEpoch, 12);
      expect(epoch).toBe(Math.ceil(step / stepsAnEpoch));
    }
    expect(epochs.map(({ step }) => step)).toEqual([1, 2, 3, 4].map((epoch) => epoch * stepsAnEpoch));
    const scores = evaluations.map(({ validation }) => validation!.metrics.auc!);
    const best = scores.indexOf(Math.max(...scores));
    expect([bestStep, bestEpoch]).toEqual([evaluations[best]!.step, evaluations[best]!.epoch]);
    expect(bestStep % stepsAnEpoch).toBeGreaterThan(0); // or the test shows less than it should
    expect(auc).toBe(Math.max(...scores));
  });

  it('of more steps than an epoch has are none: every bit is as without', async () => {
    const plain = await run({});
    const more = await run({ evaluateEvery: stepsAnEpoch + 1 });
    expect(figures(more.result)).toEqual(figures(plain.result));
    expect(more.weights).toEqual(plain.weights);
    const exact = await run({ evaluateEvery: stepsAnEpoch });
    expect(figures(exact.result)).toEqual(figures(plain.result));
  });

  it('change later digits by rounding alone: rows that batches missed make up for it in two parts', async () => {
    const plain = await run({ epochs: 1 });
    const more = await run({ epochs: 1, evaluateEvery: 4, patience: 1000 });
    const [a, b] = [plain, more].map(({ result }) => result.epochs[0]!.loss);
    expect(Math.abs(a! - b!)).toBeLessThan(1e-5);
  });

  it('are what patience counts, so that training may end within an epoch', async () => {
    const { result } = await run({ evaluateEvery: 2, minDelta: 10, patience: 2, epochs: 4 });
    expect(result.evaluations.map(({ step }) => step)).toEqual([2, 4, 6]); // the first is better than none
    expect(result.steps).toBe(6);
    expect(result.epochs).toEqual([]);
    expect(result.bestEpoch).toBe(1);
  });

  it('begin before the first step where asked to: weights that training spoils are kept as they were', async () => {
    const assembled = assemble(dnn);
    const before = assembled.model.table.toHost();
    const spoiling = { ...options, selectBy: 'logLoss', maxLoss: 1e9 } as const;
    const optimizer = { kind: 'sgd', learningRate: 30, momentum: 0 } as const;
    const result = await train(assembled, source, { ...spoiling, optimizer, evaluateAtStart: true }, { seed: 1 });
    expect(result.evaluations[0]).toMatchObject({ epoch: 1, step: 0, epochsDone: 0, loss: null });
    expect([result.bestStep, result.bestEpoch]).toEqual([0, 1]);
    expect(result.epochs[0]!.epochsDone).toBe(1);
    expect(assembled.model.table.toHost()).toEqual(before);
    assembled.dispose();
  });

  it('leave no tensors behind', async () => {
    await run({ epochs: 1, evaluateEvery: 3 });
    const before = liveTensors();
    await run({ epochs: 1, evaluateEvery: 3 });
    expect(liveTensors()).toBe(before);
  });
});

describe('a plugin whose schedule takes its time', () => {
  const settling = async (steps: number, more: Partial<PartialTrainingOptions> = {}): Promise<TrainingResult> => {
    const annealing = { from: 0.1, to: 5, steps };
    const assembled = assemble(dnn, [{ ...adaSparse, annealing }]);
    const result = await train(assembled, source, { ...options, evaluateEvery: 2, ...more }, { seed: 1 });
    assembled.dispose();
    return result;
  };

  it('has no weights kept of before its end, nor does patience count then', async () => {
    const hasty = { minDelta: 10, patience: 1 };
    const settlesAfter = stepsAnEpoch + 1;
    const { bestStep, evaluations, steps } = await settling(settlesAfter, hasty);
    const candidates = evaluations.map(({ step }) => step).filter((step) => step >= settlesAfter);
    expect(candidates).toContain(bestStep);
    expect(steps).toBe(candidates[1]); // the first candidate, and one that is no gain
    expect((await settling(0, hasty)).steps).toBe(4);
  });

  it('has the last weights kept where training ends before that', async () => {
    const { bestStep, steps } = await settling(1_000_000, { patience: 1 });
    expect([bestStep, steps]).toEqual([4 * stepsAnEpoch, 4 * stepsAnEpoch]);
  });
});
