import {
  ensureRuntime,
  silentReport,
  sum,
  tensor,
  toHost,
  toNumber,
  valueAndGradients,
  mul,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { softGate, weightingFactors } from '../src/factors.js';
import type { AdaSparseOptions } from '../src/options.js';
import { sparsityPenalty } from '../src/regularizer.js';

await ensureRuntime({ report: silentReport });

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));
const options = (form: AdaSparseOptions['form'], more: Partial<AdaSparseOptions> = {}): AdaSparseOptions => ({
  form,
  input: 'domain',
  layers: 'all',
  residual: 'branch',
  pruner: { domain: { kind: 'shared', scale: 1 }, units: [], initStd: 0 },
  annealing: { from: 0.1, to: 5, steps: 200 },
  beta: 2,
  epsilon: 0.25,
  gradientThroughCut: false,
  regularizer: { enabled: true, per: 'batch', min: 0.15, max: 0.25, start: 0.01, end: 1, detach: true },
  ...more,
});
const scalar = (value: number): Scalar => tensor([value], []) as Scalar;
const v = [-3, -0.5, -0.2, 0, 0.7];

function gradientOf(f: (x: Tensor) => Tensor): number[] {
  const x = tensor(v, [5]);
  const { gradients } = valueAndGradients(() => sum(mul(f(x), tensor([1, 2, 3, 4, 5], [5]))) as Scalar, [x]);
  return [...toHost(gradients[0]!)].map((value, i) => value / (i + 1));
}

function close(found: ArrayLike<number>, wanted: readonly number[]): void {
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
}

describe('weighting factors follow the table of the paper', () => {
  it('binarization: 1 above the threshold, else 0; straight-through gradient', () => {
    const f = (x: Tensor): Tensor => weightingFactors(x, 2, options('binarization'));
    expect([...toHost(f(tensor(v, [5])))]).toEqual(v.map((x) => (sigma(2 * x) > 0.25 ? 1 : 0)));
    close(
      gradientOf(f),
      v.map((x) => 2 * sigma(2 * x) * (1 - sigma(2 * x))),
    );
  });

  it('scaling: graded, nothing cut', () => {
    const f = (x: Tensor): Tensor => weightingFactors(x, 2, options('scaling'));
    close(
      toHost(f(tensor(v, [5]))),
      v.map((x) => 2 * sigma(x)),
    );
    close(
      gradientOf(f),
      v.map((x) => 2 * sigma(x) * (1 - sigma(x))),
    );
  });

  it('fusion: graded and cut; the gradient passes where kept', () => {
    const f = (x: Tensor): Tensor => weightingFactors(x, 2, options('fusion'));
    const kept = v.map((x) => 2 * sigma(2 * x) > 0.25);
    expect(kept).toEqual([false, true, true, true, true]);
    close(
      toHost(f(tensor(v, [5]))),
      v.map((x, i) => (kept[i] ? 2 * sigma(2 * x) : 0)),
    );
    close(
      gradientOf(f),
      v.map((x, i) => (kept[i] ? 4 * sigma(2 * x) * (1 - sigma(2 * x)) : 0)),
    );
  });

  it('fusion by option: the gradient passes through cut neurons too', () => {
    const f = (x: Tensor): Tensor => weightingFactors(x, 2, options('fusion', { gradientThroughCut: true }));
    expect(toHost(f(tensor(v, [5])))[0]).toBe(0);
    close(
      gradientOf(f),
      v.map((x) => 4 * sigma(2 * x) * (1 - sigma(2 * x))),
    );
  });

  it.each(['scaling', 'fusion', 'binarization'] as const)('%s: v = 0 gives exactly 1', (form) => {
    expect(toHost(weightingFactors(tensor([0], [1]), 0.1, options(form)))[0]).toBe(1);
  });
});

describe('regulariser', () => {
  it.each(['binarization', 'fusion'] as const)(
    '%s: the soft gate is 1/2 exactly where a neuron begins to be cut',
    (form) => {
      const threshold = (form === 'fusion' ? Math.log(0.125 / 0.875) : Math.log(0.25 / 0.75)) / 2;
      const gate = toHost(softGate(tensor([threshold], [1]), 2, options(form)))[0]!;
      expect(gate).toBeCloseTo(0.5, 5);
      const near = toHost(weightingFactors(tensor([threshold - 1e-3, threshold + 1e-3], [2]), 2, options(form)));
      expect(near[0]).toBe(0);
      expect(near[1]).toBeGreaterThan(0);
    },
  );

  const { regularizer } = options('fusion');
  const layer = (counted: number) => ({ counted: scalar(counted), soft: scalar(0.5) });

  it('is lambda |r - 0.2|^2 outside the range, 0 inside and at its ends, averaged over layers', () => {
    expect(toNumber(sparsityPenalty([layer(0.6), layer(0.2)], 0.01, regularizer))).toBeCloseTo(
      (0.01 * 0.4 * 0.4) / 2,
      7,
    );
    for (const inside of [0.15, 0.24, 0.25]) expect(toNumber(sparsityPenalty([layer(inside)], 1, regularizer))).toBe(0);
    expect(toNumber(sparsityPenalty([layer(0.6)], 1, regularizer))).toBeCloseTo(0.4 * 0.4, 6);
  });

  it('by domain is the mean of the domains’ terms, each by its rows', () => {
    const counted = tensor([0.6, 0.2, 0.1], [3]);
    const shares = tensor([0.5, 0.3, 0.2], [3]);
    const penalty = sparsityPenalty([{ counted, soft: counted, shares }], 1, regularizer);
    expect(toNumber(penalty)).toBeCloseTo(0.5 * 0.4 * 0.4 + 0.2 * 0.1 * 0.1, 6);
  });

  it('pushes the soft share down where too many are cut, up where too few', () => {
    const push = (counted: number): number => {
      const soft = scalar(0.5);
      const penalty = (): Scalar => sparsityPenalty([{ counted: scalar(counted), soft }], 1, regularizer);
      return toNumber(valueAndGradients(penalty, [soft]).gradients[0]! as Scalar);
    };
    expect(push(0.5)).toBeCloseTo(0.3, 5);
    expect(push(0)).toBeCloseTo(-0.2, 5);
    expect(push(0.2)).toBeCloseTo(0, 9);
  });
});
