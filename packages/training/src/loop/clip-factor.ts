import { mul, sum, type Tensor, toNumber } from '@mdctr/tensor';

/**
 * What to multiply gradients by so that the Euclidean norm of all together is at most `limit`; 1 where it is already.
 * Source: Pascanu et al., ICML 2013, arXiv 1211.5063, algorithm 1. To be called in a `tidy`.
 */
export function clipFactor(gradients: readonly Tensor[], limit: number): number {
  const squares = gradients.reduce((total, gradient) => total + toNumber(sum(mul(gradient, gradient))), 0);
  const norm = Math.sqrt(squares);
  return norm > limit ? limit / norm : 1;
}
