import type { Objective } from './objective.js';

/** Pairs of steps and changes of the gradient that stand for the curvature. */
const MEMORY = 10;

/** Share of the expected decrease that a step must bring (Armijo). */
const ARMIJO = 1e-4;

/** Largest entry of the gradient at which it has converged, as in scikit-learn. */
const TOLERANCE = 1e-6;

/** Times that a step is halved before it is given up. */
const MOST_HALVINGS = 30;

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  /** s . y */
  readonly product: number;
}

/**
 * Limited-memory BFGS with backtracking, step by step. Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5; the
 * pair of a step without positive curvature is left out.
 */
export class Lbfgs {
  private value: number;
  private gradient: Float64Array;
  private pairs: readonly Pair[] = [];

  /** `point`: where it begins, and where it stands after each step. */
  constructor(
    private readonly objective: Objective,
    public point: Float64Array,
  ) {
    ({ value: this.value, gradient: this.gradient } = objective(point));
  }

  /** Makes one step; false where it has converged, or no step brings it further down. */
  step(): boolean {
    if (this.gradient.every((one) => Math.abs(one) <= TOLERANCE)) return false;
    const direction = this.direction();
    const slope = dot(direction, this.gradient);
    let length = this.pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(this.gradient, this.gradient))) : 1;
    for (let halving = 0; halving <= MOST_HALVINGS; halving++, length /= 2) {
      const next = this.point.map((one, k) => one + length * direction[k]!);
      const found = this.objective(next);
      if (!(found.value <= this.value + ARMIJO * length * slope)) continue;
      this.remember(next, found.gradient);
      [this.point, this.value, this.gradient] = [next, found.value, found.gradient];
      return true;
    }
    return false;
  }

  /** Minus the inverse of the remembered curvature times the gradient: the two loops. */
  private direction(): Float64Array {
    const q = this.gradient.map((one) => -one);
    const shares = new Array<number>(this.pairs.length);
    for (let i = this.pairs.length - 1; i >= 0; i--) {
      const { s, y, product } = this.pairs[i]!;
      shares[i] = dot(s, q) / product;
      add(q, y, -shares[i]!);
    }
    const last = this.pairs.at(-1);
    if (last) {
      const scale = last.product / dot(last.y, last.y);
      for (let k = 0; k < q.length; k++) q[k]! *= scale;
    }
    this.pairs.forEach(({ s, y, product }, i) => add(q, s, shares[i]! - dot(y, q) / product));
    return q;
  }

  private remember(next: Float64Array, gradient: Float64Array): void {
    const s = next.map((one, k) => one - this.point[k]!);
    const y = gradient.map((one, k) => one - this.gradient[k]!);
    const product = dot(s, y);
    if (product > 1e-12 * dot(y, y)) this.pairs = [...this.pairs, { s, y, product }].slice(-MEMORY);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** a += scale b */
function add(a: Float64Array, b: Float64Array, scale: number): void {
  for (let k = 0; k < a.length; k++) a[k]! += scale * b[k]!;
}
