import { completeOptions, type PartialTrainingOptions, type SplitScores } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import type { TrialSpec } from '../../src/config/types.js';
import { runTrial, trialResults } from '../../src/trial/run-trial.js';
import { builtinRegistry } from '../../../../test/support/registry.js';
import { data, dnn } from '../../../../test/support/small-models.js';

const specWith = (calibration: object): TrialSpec =>
  ({
    embedding: { dim: 4, initStd: 0.01 },
    backbone: dnn,
    plugins: [],
    training: completeOptions({
      ...{ epochs: 1, batchSize: 128, batchDomains: 'mixed', selectBy: 'auc', patience: 1, precision: 'float32' },
      optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
      calibration,
    } as PartialTrainingOptions),
    seed: 1,
  }) as unknown as TrialSpec;
const cell = { backbone: 'dnn', method: 'plain', seed: 1 };

async function trained(calibration: object, of = data) {
  const scores = new Map<string, SplitScores>();
  const finished = await runTrial(
    specWith(calibration),
    { registry: builtinRegistry(), data: of },
    { onScores: (split, found, variant) => void scores.set(`${split} ${variant ?? ''}`, found) },
  );
  finished.assembled.dispose();
  return { finished, scores };
}

describe('calibrated scores', () => {
  it('are a line of their own where they are wanted, of the test rows, fitted to the validation rows', async () => {
    const { finished, scores } = await trained({ kind: 'scale', strength: 200, measured: true });
    expect([...scores.keys()]).toEqual(['validation ', 'test ', 'test calibrated']);
    const [plain, calibrated] = trialResults(cell, finished, 'test');
    expect(calibrated!.method).toBe('plain (calibrated)');
    expect(calibrated!.metrics['logLoss']).not.toBe(plain.metrics['logLoss']);
    for (const { domain, metrics } of plain.details!.domains) {
      const after = calibrated!.details!.domains.find((one) => one.domain === domain)!;
      expect(after.metrics['auc']).toBeCloseTo(metrics['auc']!, 6);
    }
    expect(finished.validation!.variants).toBeUndefined();
  });

  it('are no line by default, and fitted all the same', async () => {
    const { finished, scores } = await trained({ kind: 'scale', strength: 200, measured: false });
    expect([...scores.keys()]).toEqual(['validation ', 'test ']);
    expect(finished.calibration?.kind).toBe('scale');
    expect(trialResults(cell, finished, 'test')).toHaveLength(1);
  });

  it('are not there without validation rows', async () => {
    const none = { ...data, splits: { ...data.splits, validation: new Int32Array() } };
    const { finished } = await trained({ kind: 'isotonic', strength: 200, measured: true }, none);
    expect(finished.calibration).toBeUndefined();
    expect(trialResults(cell, finished, 'test')).toHaveLength(1);
  });
});
