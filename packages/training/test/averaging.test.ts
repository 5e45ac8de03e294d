import { liveTensors } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { assemble, dcnv2 } from '../../../test/support/small-models.js';
import { evaluateSplit, train, type PartialTrainingOptions, type TrainingResult } from '../src/index.js';
import { options, source } from './small-training.js';

type Averaging = NonNullable<PartialTrainingOptions['averaging']>;

interface Run {
  readonly result: TrainingResult;
  readonly losses: readonly number[];
  readonly aucs: readonly number[];
  /** Validation AUC of the weights that the training left. */
  readonly auc: number;
}

async function run(averaging: Averaging, more: Partial<PartialTrainingOptions> = {}): Promise<Run> {
  const assembled = assemble({ ...dcnv2, batchNorm: true });
  const losses: number[] = [];
  const onStep = (_step: number, _steps: number, loss: number): void => void losses.push(loss);
  const result = await train(assembled, source, { ...options, ...more, averaging }, { seed: 1, onStep });
  const aucs = result.evaluations.map(({ validation }) => validation!.metrics.auc!);
  const { metrics } = (await evaluateSplit(assembled, source, 'validation'))!;
  assembled.dispose();
  return { result, losses, aucs, auc: metrics.auc! };
}

describe('averaged weights', () => {
  it('are evaluated and kept, and training goes on from the weights themselves, bit for bit', async () => {
    const plain = await run({ kind: 'none' });
    for (const averaging of [
      { kind: 'ema', decay: 0.95 },
      { kind: 'swa', from: 0 },
    ] as const) {
      const { losses, aucs, auc, result } = await run(averaging);
      expect(losses).toEqual(plain.losses);
      expect(aucs).not.toEqual(plain.aucs);
      expect(auc).toBe(Math.max(...aucs));
      expect(aucs[result.bestEpoch - 1]).toBe(auc);
    }
  });

  it('of decay 0 are the weights', async () => {
    const plain = await run({ kind: 'none' });
    const { aucs } = await run({ kind: 'ema', decay: 0 });
    aucs.forEach((auc, i) => expect(auc).toBeCloseTo(plain.aucs[i]!, 3));
  });

  it('begin where `from` says; evaluations before are of the weights as they are', async () => {
    const plain = await run({ kind: 'none' });
    const { aucs } = await run({ kind: 'swa', from: 0.5 });
    expect(aucs.slice(0, 2)).toEqual(plain.aucs.slice(0, 2));
    expect(aucs[2]).not.toBe(plain.aucs[2]);
  });

  it('are in the model at the end, whether the last evaluation is the best or training ends within an epoch', async () => {
    for (const more of [{ epochs: 1 }, { evaluateEvery: 3, patience: 2, minDelta: 10 }]) {
      const { aucs, auc } = await run({ kind: 'ema', decay: 0.9 }, more);
      expect(auc).toBe(Math.max(...aucs));
    }
  });

  it('leave no tensors behind', async () => {
    await run({ kind: 'ema', decay: 0.9 }, { epochs: 1 });
    const before = liveTensors();
    await run({ kind: 'ema', decay: 0.9 }, { epochs: 1 });
    expect(liveTensors()).toBe(before);
  });
});
