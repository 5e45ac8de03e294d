import { Random } from '@mdctr/base';
import type { DiagnosticMatrix } from '@mdctr/core';
import { Optimizer, adam } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, dcnv2, dnn, firstBatch } from '../../../test/support/small-models.js';

const batch = await firstBatch(256);
const table = { domain: { kind: 'table', dim: 8, initStd: 1 }, units: [] };

describe.each([
  ['dnn', dnn],
  ['dcnv2', dcnv2],
])('adasparse on %s', (_name, backbone) => {
  const plain = assemble(backbone);
  const wanted = plain.model.predict(batch);

  it.each(['binarization', 'scaling', 'fusion'])(
    '%s starts as the plain backbone where its map begins at 0',
    (form) => {
      const assembled = assemble(backbone, [{ ...adaSparse, form }]);
      const scores = assembled.model.predict(batch);
      if (backbone === dnn) expect(scores).toEqual(wanted);
      // A branch that a plugin looks at is multiplied and added in two steps, which round once more than one.
      else scores.forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 6));
      assembled.dispose();
    },
  );

  it.each(['domain', 'domain+hidden'])('learns with input %s, and every pruner parameter gets a gradient', (input) => {
    const assembled = assemble(backbone, [{ ...adaSparse, input, pruner: { ...table, units: [5], initStd: 0.5 } }]);
    assembled.setStep(200);
    const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const step = assembled.wrapStep(plainStep);
    const losses = Array.from({ length: 12 }, () => step(batch, context));
    expect(losses[11]!).toBeLessThan(losses[0]!);
    const gradients = context.gradients(batch);
    const paths = [...gradients.dense]
      .filter(([, g]) => g.dataSync().some((value) => value !== 0))
      .map(([{ path }]) => path);
    expect(paths.filter((path) => path.startsWith('adasparse/'))).toEqual(
      assembled.model.store
        .trainable()
        .map(({ path }) => path)
        .filter((path) => path.startsWith('adasparse/')),
    );
    context.release(gradients);
    optimizer.dispose();
    assembled.dispose();
  });
});

describe('first values of the pruner', () => {
  it('hardly tell at the first alpha, and cut neurons at the last', () => {
    const wide = { ...dnn, hiddenUnits: [64] };
    const assembled = assemble(wide, [{ ...adaSparse, pruner: { ...table, initStd: 0.5 } }]);
    const sparsityAt = (step: number): number => {
      assembled.setStep(step);
      assembled.model.predict(batch);
      const { sparsity } = assembled.diagnostics().adasparse as { sparsity: Record<string, { overall: number }> };
      return sparsity['deep/0']!.overall;
    };
    expect(sparsityAt(0)).toBe(0);
    expect(sparsityAt(200)).toBeGreaterThan(0.1);
    expect(sparsityAt(200)).toBeLessThan(0.5);
    assembled.dispose();
  });
});

describe('sparsity', () => {
  it('a cut neuron is exactly 0, and the log says for which layer and domain', () => {
    const assembled = assemble(dnn, [adaSparse]);
    assembled.setStep(200);
    const bias = assembled.model.store.get('adasparse/deep/0/pruner/bias')!;
    bias.write(Float32Array.of(-2, -2, 0, 0, 0, 0, 0, 0));
    assembled.diagnostics();
    assembled.model.predict(batch);
    const { sparsity } = assembled.diagnostics().adasparse as {
      sparsity: Record<string, { overall: number; domains: Record<string, number> }>;
    };
    expect(sparsity['deep/0']!.overall).toBe(2 / 8);
    expect(new Set(Object.values(sparsity['deep/0']!.domains))).toEqual(new Set([2 / 8]));
    expect(sparsity['deep/1']!.overall).toBe(0);
    assembled.dispose();
  });

  it('cutting is out of reach at the first alpha and within reach at the last', () => {
    const assembled = assemble(dnn, [adaSparse]);
    const cutAt = (step: number): number => {
      assembled.setStep(step);
      assembled.model.store.get('adasparse/deep/0/pruner/bias')!.write(new Float32Array(8).fill(-0.5));
      assembled.model.predict(batch);
      const { sparsity } = assembled.diagnostics().adasparse as { sparsity: Record<string, { overall: number }> };
      return sparsity['deep/0']!.overall;
    };
    expect(cutAt(0)).toBe(0);
    expect(cutAt(200)).toBe(1);
    assembled.dispose();
  });

  it.each(['binarization', 'fusion'])('%s: the share of cut neurons moves into the range and stays', (form) => {
    const wide = { ...dnn, hiddenUnits: [64, 32] };
    const regularizer = { enabled: true, per: 'batch', min: 0.15, max: 0.25, start: 100, end: 100, detach: true };
    const assembled = assemble(wide, [{ ...adaSparse, form, regularizer }]);
    assembled.setStep(200);
    const random = new Random(9);
    for (const layer of [0, 1]) {
      const bias = assembled.model.store.get(`adasparse/deep/${layer}/pruner/bias`)!;
      bias.write(Float32Array.from({ length: bias.size }, () => 0.4 * random.normal()));
    }
    const optimizer = new Optimizer(adam({ learningRate: 2e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const step = assembled.wrapStep(plainStep);
    const ratios: number[] = [];
    for (let i = 0; i < 300; i++) {
      step(batch, context);
      if (i < 250 || i % 10 !== 0) continue;
      assembled.model.predict(batch);
      const { sparsity } = assembled.diagnostics().adasparse as { sparsity: Record<string, { overall: number }> };
      ratios.push(sparsity['deep/0']!.overall, sparsity['deep/1']!.overall);
    }
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0.11);
      expect(ratio).toBeLessThan(0.29);
    }
    optimizer.dispose();
    assembled.dispose();
  });
});

describe('what a pruner sees of the domain', () => {
  const overlapOf = (domain: object): number => {
    const pruner = { domain, units: [], initStd: 0.5 };
    const assembled = assemble({ ...dnn, hiddenUnits: [64] }, [{ ...adaSparse, pruner }]);
    assembled.setStep(200);
    assembled.model.predict(batch);
    const { matrices } = assembled.diagnostics().adasparse as { matrices: DiagnosticMatrix[] };
    assembled.dispose();
    const values = matrices[1]!.values.flatMap((row, i) => row.filter((_, j) => j !== i)) as number[];
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };

  it('makes domains keep different neurons from the start, but for the shared embedding, which begins too small', () => {
    expect(overlapOf({ kind: 'table', dim: 8, initStd: 1 })).toBeLessThan(0.9);
    expect(overlapOf({ kind: 'normalized' })).toBeLessThan(0.9);
    expect(overlapOf({ kind: 'shared', scale: 50 })).toBeLessThan(0.9);
    expect(overlapOf({ kind: 'shared', scale: 1 })).toBeGreaterThan(0.95);
  });

  it('is nothing for a domain that training never saw: it gets the factors of v = 0', () => {
    const assembled = assemble(dnn, [{ ...adaSparse, pruner: { ...table, initStd: 0.5 } }]);
    const plain = assemble(dnn);
    assembled.setStep(200);
    const unseen = { ...batch, domainIds: Int32Array.of(0), domainStarts: Int32Array.of(0, batch.rows) };
    expect(assembled.model.predict(unseen)).toEqual(plain.model.predict(unseen));
    assembled.dispose();
    plain.dispose();
  });
});

describe('residual layers', () => {
  /** Scores with all factors of the cross layers 0 and the deep ones 1. */
  const withoutCross = (residual: 'branch' | 'sum'): Float32Array => {
    const assembled = assemble(dcnv2, [{ ...adaSparse, layers: 'cross', residual }]);
    assembled.setStep(200);
    for (const parameter of assembled.model.store.trainable()) {
      if (/^adasparse\/cross\/.*bias$/.test(parameter.path)) parameter.write(new Float32Array(parameter.size).fill(-9));
    }
    const scores = assembled.model.predict(batch);
    assembled.dispose();
    return scores;
  };

  it('lose what they add where their neurons are cut, and keep their input', () => {
    const plain = assemble({ ...dcnv2, crossLayers: 2 });
    for (const parameter of plain.model.store.trainable()) {
      if (/\/cross\//.test(parameter.path)) parameter.write(new Float32Array(parameter.size));
    }
    const wanted = plain.model.predict(batch);
    plain.dispose();
    withoutCross('branch').forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 6));
    expect(withoutCross('sum')).not.toEqual(wanted);
  });
});
