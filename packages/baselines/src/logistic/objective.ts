import { marginLoss, sigmoid } from '../maths.js';
import { addProducts, marginsOf, type Design } from './design.js';

/** A function to be minimised: its value, and its gradient at the same point. */
export type Objective = (point: Float64Array) => { readonly value: number; readonly gradient: Float64Array };

/**
 * The sum of the rows' log losses plus l2 / 2 times the sum of squared coefficients, all divided by the number of rows. The intercept is
 * not penalised.
 * @param labels [rows] 0 or 1.
 */
export function objectiveOf(design: Design, labels: Float32Array, l2: number): Objective {
  const { rows } = design;
  return (point) => {
    const margins = marginsOf(design, point);
    let value = 0;
    for (let i = 0; i < rows; i++) {
      const margin = margins[i]!;
      value += marginLoss(margin, labels[i]!);
      margins[i] = sigmoid(margin) - labels[i]!; // the residuals, in place
    }
    const gradient = new Float64Array(point.length);
    addProducts(design, margins, gradient);
    for (let k = 1; k < point.length; k++) {
      value += (l2 / 2) * point[k]! ** 2;
      gradient[k]! += l2 * point[k]!;
    }
    return { value: value / rows, gradient: gradient.map((one) => one / rows) };
  };
}
