import { Random } from '@mdctr/base';
import type { HostBatch } from '@mdctr/core';
import {
  sigmoidFocalLoss,
  tensor,
  tidy,
  toNumber,
  toHost,
  valueAndGradients,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { assemble, dnn, maml } from '../../../test/support/small-models.js';
import { completeOptions, createOptimizer, lossSettings, plainStep, stepContext, train } from '../src/index.js';
import type { PartialTrainingOptions } from '../src/index.js';
import { pairwiseLoss } from '../src/loss/pairwise.js';
import { batch, options, source } from './small-training.js';

/** Loss of a first step, by the options' loss. */
function lossOf(more: Partial<PartialTrainingOptions>, host = batch, plugins: (typeof maml)[] = []): number {
  const assembled = assemble(dnn, plugins);
  const full = completeOptions({ ...options, ...more });
  const optimizer = createOptimizer(full);
  const loss = plainStep(host, stepContext(assembled.model, optimizer, new Random(1), lossSettings(full, source)));
  optimizer.dispose();
  assembled.dispose();
  return loss;
}

const logits = Array.from(batch.labels!, (_, i) => 2 * Math.sin(5 * i + 1));
const softplus = (x: number): number => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function valueOf(loss: (logits: Tensor) => Scalar, at: readonly number[] = logits): number {
  return tidy(() => toNumber(loss(tensor(at, [at.length, 1])))) as number;
}

/** The largest difference of the gradient by some logits from central differences. */
function gradientError(loss: (logits: Tensor) => Scalar): number {
  let found!: Float32Array;
  tidy(() => {
    const x = tensor(logits, [logits.length, 1]);
    found = toHost(valueAndGradients(() => loss(x), [x]).gradients[0]!);
  });
  const step = 0.05;
  const wanted = logits.map((_, i) => {
    const moved = (by: number): number[] => logits.map((value, j) => (i === j ? value + by : value));
    return (valueOf(loss, moved(step)) - valueOf(loss, moved(-step))) / (2 * step);
  });
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!))) / largest;
}

describe('the focal loss', () => {
  const labels = batch.labels!;
  const focal = (gamma: number) => (x: Tensor) => sigmoidFocalLoss(gamma, x, tensor(labels, [labels.length, 1]));

  it('is that of the paper’s equation 5: -alpha_t (1 - p_t)^gamma log p_t', () => {
    for (const gamma of [0, 0.5, 2, 5]) {
      const terms = logits.map((x, i) => {
        const p = 1 / (1 + Math.exp(-x));
        const pt = labels[i]! > 0 ? p : 1 - p;
        return -((1 - pt) ** gamma) * Math.log(pt);
      });
      expect(valueOf(focal(gamma))).toBeCloseTo(mean(terms), 5);
    }
  });

  it('weighs clicks by alpha and other rows by 1 - alpha', () => {
    const at = (alpha: number): number => lossOf({ loss: { kind: 'focal', gamma: 2, alpha } });
    expect(at(0) + at(1)).toBeCloseTo(lossOf({ loss: { kind: 'focal', gamma: 2 } }), 5);
    expect(at(0.25)).toBeCloseTo(0.75 * at(0) + 0.25 * at(1), 5);
    expect(at(1)).toBeGreaterThan(0);
    expect(at(0)).not.toBeCloseTo(at(1), 2);
  });

  it('of gamma 0 is log loss, and does not overflow', () => {
    expect(lossOf({ loss: { kind: 'focal', gamma: 0 } })).toBeCloseTo(lossOf({}), 5);
    const far = valueOf((x) => sigmoidFocalLoss(2, x, tensor([1, 0], [2, 1])), [-100, 100]);
    expect(far).toBeCloseTo(100, 3);
  });

  it('has the gradient of finite differences', () => {
    expect(gradientError(focal(2))).toBeLessThan(0.01);
  });
});

describe('the pairwise loss', () => {
  const { domainIds, domainStarts, labels } = batch;
  /** log(1 + exp(-(s+ - s-))) of every pair of a domain. */
  const pairsOf = (g: number): number[] => {
    const rows = Array.from({ length: domainStarts[g + 1]! - domainStarts[g]! }, (_, i) => domainStarts[g]! + i);
    const clicks = rows.filter((i) => labels![i]! > 0);
    const others = rows.filter((i) => labels![i] === 0);
    return clicks.flatMap((i) => others.map((j) => softplus(logits[j]! - logits[i]!)));
  };
  const all = Array.from(domainIds, (_, g) => pairsOf(g));
  const loss = (x: Tensor): Scalar => pairwiseLoss(x, batch)!;

  it('is the mean over all pairs of a click and another row of its domain', () => {
    expect(all.filter((pairs) => pairs.length > 0).length).toBeGreaterThan(1);
    expect(valueOf(loss)).toBeCloseTo(mean(all.flat()), 5);
  });

  it('has the gradient of finite differences', () => {
    expect(gradientError(loss)).toBeLessThan(0.01);
  });

  it('draws pairs of a large domain, the same each time, whose mean is that of all', () => {
    const host: HostBatch = { ...batch, domainIds: Int32Array.of(1), domainStarts: Int32Array.of(0, batch.rows) };
    const whole = valueOf((x) => pairwiseLoss(x, host, 1e9)!);
    const drawn = valueOf((x) => pairwiseLoss(x, host, 500)!);
    expect(drawn).not.toBe(whole);
    expect(Math.abs(drawn - whole)).toBeLessThan(0.25);
    expect(valueOf((x) => pairwiseLoss(x, host, 500)!)).toBe(drawn);
  });

  it('is mixed with the log loss by its weight', () => {
    const at = (weight: number): number => lossOf({ loss: { kind: 'pairwise', weight, within: 'domain' } });
    expect(at(0)).toBeCloseTo(lossOf({}), 6);
    expect(at(0.3)).toBeCloseTo(0.7 * at(0) + 0.3 * at(1), 5);
    expect(at(1)).not.toBeCloseTo(at(0), 4);
  });

  it('is nothing where a batch has no pairs', () => {
    const host = { ...batch, labels: new Float32Array(batch.rows) };
    expect(lossOf({ loss: { kind: 'pairwise', weight: 0.25, within: 'domain' } }, host)).toBeCloseTo(
      0.75 * lossOf({}, host),
      6,
    );
  });
});

describe('class weights', () => {
  it('weigh rows by their label', () => {
    const at = (positive: number, negative: number): number => lossOf({ classWeights: { positive, negative } });
    expect(at(1, 1)).toBe(lossOf({}));
    expect(at(3, 0.5)).toBeCloseTo(3 * at(1, 0) + 0.5 * at(0, 1), 5);
    expect(at(1, 0)).not.toBeCloseTo(at(0, 1), 2);
  });
});

describe('every loss', () => {
  const losses = [
    { kind: 'focal', gamma: 2 },
    { kind: 'pairwise', weight: 0.5, within: 'domain' },
  ] as const;

  it.each(losses)('$kind is learned by, and is what plugins with steps of their own minimise', async (loss) => {
    for (const plugins of [[], [maml], [{ ...maml, order: 'second' }]]) {
      const assembled = assemble(dnn, plugins);
      const { epochs } = await train(assembled, source, { ...options, epochs: 3, loss }, { seed: 1 });
      const { epochs: plain } = await train(assemble(dnn, plugins), source, { ...options, epochs: 1 }, { seed: 1 });
      expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss);
      expect(epochs[0]!.loss).not.toBeCloseTo(plain[0]!.loss, 3);
      expect(epochs.at(-1)!.validation!.metrics.auc).toBeGreaterThan(0.55);
      assembled.dispose();
    }
  });
});
