import { Random } from '@mdctr/base';
import { describe, expect, it } from 'vitest';
import { fitBoundedLogistic, type LogisticRows } from '../../src/margin/bounded-logistic.js';
import { solvePositive } from '../../src/margin/solve.js';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const ridge = 1;

/** Rows of a law: the labels' logits are the bias plus the weights times the inputs. */
function rowsOf(count: number, bias: number, weights: readonly number[], seed = 1): LogisticRows {
  const random = new Random(seed);
  const n = weights.length;
  const x = Float32Array.from({ length: count * n }, () => random.normal());
  const labels = Float32Array.from({ length: count }, (_, row) => {
    const z = weights.reduce((sum, weight, j) => sum + weight * x[row * n + j]!, bias);
    return random.uniform() < sigmoid(z) ? 1 : 0;
  });
  return { x, labels };
}

/** What is minimised, written down once more. */
function objective({ x, labels }: LogisticRows, [bias, ...weights]: readonly number[]): number {
  const losses = Array.from(labels, (label, row) => {
    const z = weights.reduce((sum, weight, j) => sum + weight * x[row * weights.length + j]!, bias!);
    return -Math.log(label === 1 ? sigmoid(z) : 1 - sigmoid(z));
  });
  return losses.reduce((sum, loss) => sum + loss, (ridge / 2) * weights.reduce((sum, weight) => sum + weight ** 2, 0));
}

const coefficients = ({ bias, weights }: ReturnType<typeof fitBoundedLogistic>): number[] => [bias, ...weights];

describe('a logistic regression with weights of 0 or more', () => {
  it('stands where the objective has no slope, and rises behind the bound', () => {
    const rows = rowsOf(800, -1, [0.8, -0.5, 0.3, 0]);
    const at = coefficients(fitBoundedLogistic(rows, 4, ridge));
    expect(at[2]).toBe(0);
    at.forEach((value, i) => {
      const moved = (by: number): number => objective(rows, at.with(i, value + by));
      const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
      if (i > 0 && value === 0) expect(slope).toBeGreaterThan(0);
      else expect(Math.abs(slope)).toBeLessThan(1e-4);
    });
  });

  it('is better than any allowed place around it', () => {
    const rows = rowsOf(300, 0.3, [1, -1, 0.2], 2);
    const at = coefficients(fitBoundedLogistic(rows, 3, ridge));
    const random = new Random(5);
    const least = objective(rows, at);
    for (let i = 0; i < 200; i++) {
      const size = 10 ** (-3 * random.uniform());
      const other = at.map((value, j) => {
        const moved = value + size * random.normal();
        return j === 0 ? moved : Math.max(0, moved);
      });
      expect(objective(rows, other)).toBeGreaterThanOrEqual(least - 1e-9);
    }
  });

  it('finds the law that the rows come from', () => {
    const at = coefficients(fitBoundedLogistic(rowsOf(60_000, -1.5, [0.7, 0.2]), 2, ridge));
    [-1.5, 0.7, 0.2].forEach((value, i) => expect(Math.abs(at[i]! - value)).toBeLessThan(0.05));
  });

  it('has a bias of rows of one class, and weights where a column tells all', () => {
    const { bias, weights } = fitBoundedLogistic({ x: new Float32Array(10), labels: new Float32Array(10) }, 1, ridge);
    expect([bias, ...weights]).toEqual([Math.log(0.5 / 10.5), 0]);
    const x = Float32Array.of(-1, -1, -1, 1, 1, 1);
    const told = fitBoundedLogistic({ x, labels: x.map((value) => (value > 0 ? 1 : 0)) }, 1, ridge);
    expect(told.weights[0]).toBeGreaterThan(0.5);
    expect(told.weights[0]).toBeLessThan(10);
    expect(told.bias).toBeCloseTo(0, 9);
  });
});

describe('a system of equations', () => {
  it('is solved', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ].map((row) => Float64Array.from(row));
    const x = solvePositive(matrix, [1, -2, 3]);
    const back = matrix.map((row) => row.reduce((sum, value, j) => sum + value * x[j]!, 0));
    [1, -2, 3].forEach((value, i) => expect(back[i]).toBeCloseTo(value, 12));
  });
});
