import { solvePositive } from './solve.js';

/** A logistic regression: logit = bias + weights . x. */
export interface LogisticFit {
  readonly bias: number;
  /** [n] none below 0. */
  readonly weights: Float64Array;
}

/** Rows that a logistic regression is fitted to. */
export interface LogisticRows {
  /** [N, n] */
  readonly x: Float32Array;
  /** [N] 0 or 1 */
  readonly labels: Float32Array;
}

const MOST_STEPS = 100;
/** Converged: no free entry of the gradient is above this, by row. */
const TOLERANCE = 1e-9;
/** Share of the expected decrease that a step must bring (Armijo). */
const ARMIJO = 1e-4;
const SMALLEST_STEP = 1e-9;

/**
 * Minimises sum of log loss + ridge / 2 |weights|^2 over weights of 0 or more, by a projected Newton method: weights that are 0 and
 * would fall stay there, the others take a Newton step of their own, which is cut off at 0 and halved until it helps.
 * Source: Bertsekas, Projected Newton methods for optimization problems with simple constraints, SIAM J. Control Optim. 1982.
 * Of rows of one class, which have no finite bias, it is the logit of (clicks + 1/2) / (N + 1), and the weights are 0.
 * @param ridge above 0.
 */
export function fitBoundedLogistic(rows: LogisticRows, n: number, ridge: number): LogisticFit {
  const count = rows.labels.length;
  const clicks = rows.labels.reduce((sum, label) => sum + label, 0);
  let at = new Float64Array(n + 1);
  at[0] = Math.log((clicks + 0.5) / (count - clicks + 0.5));
  const oneClass = clicks === 0 || clicks === count;
  for (let step = 0; step < MOST_STEPS && !oneClass; step++) {
    const { loss, gradient, hessian } = derivatives(rows, at, ridge);
    const free = Array.from(at.keys()).filter((i) => i === 0 || at[i]! > 0 || gradient[i]! < 0);
    if (free.every((i) => Math.abs(gradient[i]!) <= TOLERANCE * count)) break;
    const block = free.map((i) => Float64Array.from(free, (j) => hessian[i]![j]!));
    const direction = solvePositive(
      block,
      free.map((i) => gradient[i]!),
    );
    const next = shorten(rows, { at, loss, gradient, ridge }, (size) => {
      const moved = at.slice();
      free.forEach((i, f) => {
        const value = at[i]! - size * direction[f]!;
        moved[i] = i === 0 ? value : Math.max(0, value);
      });
      return moved;
    });
    if (!next) break; // rounding is all that is left
    at = next;
  }
  return { bias: at[0]!, weights: at.slice(1) };
}

interface Place {
  readonly at: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly ridge: number;
}

/** The first of halved steps that brings enough; undefined where none does. */
function shorten(
  rows: LogisticRows,
  { at, loss, gradient, ridge }: Place,
  moved: (size: number) => Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> | undefined {
  for (let size = 1; size > SMALLEST_STEP; size /= 2) {
    const next = moved(size);
    const expected = gradient.reduce((sum, slope, i) => sum + slope * (at[i]! - next[i]!), 0);
    const reached = lossAt(rows, next, ridge);
    if (reached < loss && reached <= loss - ARMIJO * expected) return next;
  }
  return undefined;
}

/** The logit of a row at coefficients [n + 1], the bias first. */
function logitOf(x: Float32Array, row: number, at: Float64Array): number {
  const n = at.length - 1;
  let z = at[0]!;
  for (let j = 0; j < n; j++) z += at[j + 1]! * x[row * n + j]!;
  return z;
}

const penaltyOf = (at: Float64Array, ridge: number): number =>
  (ridge / 2) * at.subarray(1).reduce((sum, weight) => sum + weight * weight, 0);

function lossAt({ x, labels }: LogisticRows, at: Float64Array, ridge: number): number {
  let loss = penaltyOf(at, ridge);
  for (let row = 0; row < labels.length; row++) {
    const z = logitOf(x, row, at);
    loss += Math.max(z, 0) - z * labels[row]! + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return loss;
}

function derivatives(rows: LogisticRows, at: Float64Array, ridge: number) {
  const { x, labels } = rows;
  const n = at.length - 1;
  const gradient = at.map((value, i) => (i === 0 ? 0 : ridge * value));
  const hessian = Array.from(at, (_, i) => at.map((__, j) => (i === j && i > 0 ? ridge : 0)));
  const inputs = new Float64Array(n + 1).fill(1, 0, 1);
  for (let row = 0; row < labels.length; row++) {
    const p = 1 / (1 + Math.exp(-logitOf(x, row, at)));
    for (let j = 0; j < n; j++) inputs[j + 1] = x[row * n + j]!;
    for (let i = 0; i <= n; i++) {
      gradient[i]! += (p - labels[row]!) * inputs[i]!;
      const weighted = p * (1 - p) * inputs[i]!;
      for (let j = 0; j <= i; j++) hessian[i]![j]! += weighted * inputs[j]!;
    }
  }
  for (let i = 0; i <= n; i++) for (let j = 0; j < i; j++) hessian[j]![i] = hessian[i]![j]!;
  return { loss: lossAt(rows, at, ridge), gradient, hessian };
}
