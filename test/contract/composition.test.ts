import { Random } from '@mdctr/base';
import { splitByDomain } from '@mdctr/core';
import { Optimizer, sgd, tidy, toHost } from '@mdctr/tensor';
import { stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { assemble, dcnv2, dnn } from '../support/small-models.js';
import { Nothing, KernelByDomain, batch } from './small-plugins.js';

describe('promises', () => {
  it.each([
    ['dnn', dnn],
    ['dcnv2', dcnv2],
  ])('%s: a row’s prediction does not depend on its batch mates', (_name, backbone) => {
    const assembled = assemble(backbone, [{ name: 'kernel-by-domain' }], [KernelByDomain]);
    const whole = assembled.model.predict(batch);
    splitByDomain(batch).forEach((part, g) => {
      assembled.model
        .predict(part)
        .forEach((score, row) => expect(score).toBeCloseTo(whole[batch.domainStarts[g]! + row]!, 6));
    });
    assembled.dispose();
  });

  it('every trainable parameter gets a gradient', () => {
    const options = { ...dcnv2, batchNorm: true, rank: 2 };
    const assembled = assemble(options);
    const context = stepContext(assembled.model, new Optimizer(sgd({ learningRate: 0.1, momentum: 0 })), new Random(1));
    tidy(() => {
      const gradients = context.gradients(batch);
      const reached = [...gradients.dense].filter(([, gradient]) => toHost(gradient).some((value) => value !== 0));
      expect(reached.map(([{ path }]) => path)).toEqual(assembled.model.store.trainable().map(({ path }) => path));
      context.release(gradients);
    });
    assembled.dispose();
  });

  it('two trials share nothing', () => {
    const [a, b] = [assemble(dnn, [{ name: 'nothing' }], [Nothing]), assemble(dnn, [{ name: 'nothing' }], [Nothing])];
    a.setStep(50);
    expect(a.container).not.toBe(b.container);
    expect(b.model.store.get('schedule/step')!.toHost()[0]).toBe(0);
    a.dispose();
    b.dispose();
  });
});
