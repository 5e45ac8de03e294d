import { Random } from '@mdctr/base';
import { Optimizer, adam } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { adaSparse, assemble, dcnv2, dnn, firstBatch } from '../../../test/support/small-models.js';

const batch = await firstBatch(256);

describe.each([
  ['dnn', dnn],
  ['dcnv2', dcnv2],
])('adasparse on %s', (_name, backbone) => {
  const plain = assemble(backbone);
  const wanted = plain.model.predict(batch);

  it.each(['binarization', 'scaling', 'fusion'])('%s starts as the plain backbone, bit for bit', (form) => {
    const assembled = assemble(backbone, [{ ...adaSparse, form }]);
    expect(assembled.model.predict(batch)).toEqual(wanted);
    assembled.dispose();
  });

  it.each(['domain', 'domain+hidden'])('learns with input %s, and every pruner parameter gets a gradient', (input) => {
    const assembled = assemble(backbone, [{ ...adaSparse, input, prunerUnits: [5] }]);
    assembled.setProgress(1);
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
    const assembled = assemble(wide, [{ ...adaSparse, initStd: 0.5 }]);
    const sparsityAt = (progress: number): number => {
      assembled.setProgress(progress);
      assembled.model.predict(batch);
      const { sparsity } = assembled.diagnostics().adasparse as { sparsity: Record<string, { overall: number }> };
      return sparsity['deep/0']!.overall;
    };
    expect(sparsityAt(0)).toBe(0);
    expect(sparsityAt(1)).toBeGreaterThan(0.1);
    expect(sparsityAt(1)).toBeLessThan(0.35);
    assembled.dispose();
  });
});

describe('sparsity', () => {
  it('a cut neuron is exactly 0, and the log says for which layer and domain', () => {
    const assembled = assemble(dnn, [adaSparse]);
    assembled.setProgress(1);
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
    const cutAt = (progress: number): number => {
      assembled.setProgress(progress);
      assembled.model.store.get('adasparse/deep/0/pruner/bias')!.write(new Float32Array(8).fill(-0.5));
      assembled.model.predict(batch);
      const { sparsity } = assembled.diagnostics().adasparse as { sparsity: Record<string, { overall: number }> };
      return sparsity['deep/0']!.overall;
    };
    expect(cutAt(0)).toBe(0);
    expect(cutAt(1)).toBe(1);
    assembled.dispose();
  });

  it.each(['binarization', 'fusion'])('%s: the share of cut neurons moves into the range and stays', (form) => {
    const wide = { ...dnn, hiddenUnits: [64, 32] };
    const regularizer = { enabled: true, min: 0.15, max: 0.25, start: 100, end: 100, detach: true };
    const assembled = assemble(wide, [{ ...adaSparse, form, regularizer }]);
    assembled.setProgress(1);
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
