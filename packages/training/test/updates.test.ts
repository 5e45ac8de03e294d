import { DomainPlugin, Plugin, type Step, type UnitConfig } from '@mdctr/core';
import { liveTensors } from '@mdctr/tensor';
import { train, type PartialTrainingOptions } from '../src/index.js';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { expectDocumented } from '../../../test/messages/run-cases.js';
import { assemble, dnn, maml } from '../../../test/support/small-models.js';
import { options, source, appliedBy } from './small-training.js';

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
