import { itemAt } from '@mdctr/base';
import { groupRows, rowsOfGroup } from '@mdctr/metrics';
import type { JudgedScores } from './judged-scores.js';

/** logit' = scale (logit - centre) + shift, by domain. */
export interface ScaleCalibration {
  readonly kind: 'scale';
  readonly centre: number;
  /** Of all rows. */
  readonly overall: Line;
  /** By domain id. */
  readonly domains: readonly Line[];
}

export interface Line {
  /** Above 0. */
  readonly scale: number;
  readonly shift: number;
}

/** Below this a scale would tie scores, or reverse their order. */
const LEAST_SCALE = 0.05;
/** What overall scale and shift are pulled by towards 1 and the mean logit: rows that say so. */
const OVERALL_STRENGTH = 1;
const MOST_STEPS = 50;

/**
 * Scale and shift of each domain's logits, by the penalised log loss
 *
 *     sum of log loss + strength / 2 * w * ((shift - SHIFT)^2 + v (scale - SCALE)^2)
 *
 * SCALE and SHIFT are those of all rows, w is the mean of p (1 - p) and v the variance of the logits, so that `strength`
 * counts rows: the penalty has the curvature that so many average rows have. Source of scale and shift: Platt,
 * Probabilistic outputs for support vector machines, 1999; the shrinkage is our own.
 */
export function fitScale(rows: JudgedScores, domains: number, strength: number): ScaleCalibration {
  const logits = Float64Array.from(rows.scores, logitOf);
  const n = logits.length;
  const centre = logits.reduce((sum, logit) => sum + logit, 0) / n;
  const centred = logits.map((logit) => logit - centre);
  const v = centred.reduce((sum, z) => sum + z * z, 0) / n;
  const w = rows.scores.reduce((sum, p) => sum + p * (1 - p), 0) / n;
  const curvature = { shift: w, scale: w * v };
  const all = Int32Array.from(centred, (_, i) => i);
  const identity = { scale: 1, shift: centre };
  const overall = fitLine(centred, rows.labels, all, identity, OVERALL_STRENGTH, curvature);
  const grouped = groupRows(rows.domains);
  const lines = Array.from({ length: domains }, (_, domain) =>
    fitLine(centred, rows.labels, rowsOfGroup(grouped, domain), overall, strength, curvature),
  );
  return { kind: 'scale', centre, overall, domains: lines };
}

export function scaled({ centre, overall, domains }: ScaleCalibration, score: number, domain: number): number {
  const { scale, shift } = domains[domain] ?? overall;
  return 1 / (1 + Math.exp(-(scale * (logitOf(score) - centre) + shift)));
}

/** Newton's method, halving steps that do not help. The function is convex. */
function fitLine(
  logits: Float64Array,
  labels: Float32Array,
  rows: Int32Array,
  prior: Line,
  strength: number,
  curvature: Line,
): Line {
  if (rows.length === 0) return prior;
  const problem = {
    logits,
    labels,
    rows,
    prior,
    weights: { scale: strength * curvature.scale, shift: strength * curvature.shift },
  };
  let line = prior;
  let before = lossOf(problem, line);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonStep(problem, line);
    let [size, next, loss] = [1, line, Infinity];
    for (; size > 1e-6; size /= 2) {
      next = {
        scale: Math.max(LEAST_SCALE, line.scale - size * direction.scale),
        shift: line.shift - size * direction.shift,
      };
      loss = lossOf(problem, next);
      if (loss <= before) break;
    }
    if (!(loss < before)) break;
    const gained = before - loss;
    [line, before] = [next, loss];
    if (gained < 1e-10 * (1 + Math.abs(loss))) break;
  }
  return line;
}

interface Problem {
  readonly logits: Float64Array;
  readonly labels: Float32Array;
  readonly rows: Int32Array;
  readonly prior: Line;
  /** Of the penalty. */
  readonly weights: Line;
}

function lossOf({ logits, labels, rows, prior, weights }: Problem, { scale, shift }: Line): number {
  let loss = (weights.scale * (scale - prior.scale) ** 2 + weights.shift * (shift - prior.shift) ** 2) / 2;
  for (const row of rows) {
    const z = scale * itemAt(logits, row) + shift;
    loss += Math.max(z, 0) - z * labels[row]! + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return loss;
}

/** The gradient divided by the Hessian. */
function newtonStep({ logits, labels, rows, prior, weights }: Problem, { scale, shift }: Line): Line {
  let [gradScale, gradShift] = [weights.scale * (scale - prior.scale), weights.shift * (shift - prior.shift)];
  let [ss, sb, bb] = [weights.scale + 1e-9, 0, weights.shift + 1e-9];
  for (const row of rows) {
    const x = logits[row]!;
    const p = 1 / (1 + Math.exp(-(scale * x + shift)));
    const [error, w] = [p - labels[row]!, p * (1 - p)];
    gradScale += error * x;
    gradShift += error;
    ss += w * x * x;
    sb += w * x;
    bb += w;
  }
  const determinant = ss * bb - sb * sb;
  return {
    scale: (bb * gradScale - sb * gradShift) / determinant,
    shift: (ss * gradShift - sb * gradScale) / determinant,
  };
}

/** Float32 scores of 0 and 1 have no logit: they count as the nearest that have one. */
function logitOf(score: number): number {
  const p = Math.min(1 - 1e-7, Math.max(1e-7, score));
  return Math.log(p / (1 - p));
}
