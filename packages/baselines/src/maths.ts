export const logit = (p: number): number => Math.log(p / (1 - p));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + e^x) - y x, the log loss of a row by its margin, without overflow. */
export const marginLoss = (margin: number, label: number): number =>
  Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - label * margin;
