import { type UnitConfig } from '@mdctr/core';
import { openBatches } from '@mdctr/data';
import { train, type PartialTrainingOptions } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import { assemble, data, dnn, maml } from '../../../test/support/small-models.js';
import { options, source } from './small-training.js';

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
