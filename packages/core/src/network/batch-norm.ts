import { add, mul, normalizeBatch, normalizeWith, ones, zeros } from '@mdctr/tensor';
import type { Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';

const MOMENTUM = 0.1;
const EPSILON = 1e-5;

/**
 * Batch normalisation. It uses the statistics of the batch in training and moving averages in evaluation:
 * moving = 0.9 moving + 0.1 batch, epsilon 1e-5, as in PyTorch. Source: Ioffe and Szegedy, ICML 2015.
 */
export function batchNorm(scope: ParameterScope, units: number): Layer {
  const scale = scope.parameter('scale', [units], ones);
  const offset = scope.parameter('offset', [units], zeros);
  const mean = scope.state('mean', [units], zeros);
  const variance = scope.state('variance', [units], ones);
  return (x, batch) => {
    if (!batch.training) return normalizeWith(x, mean.value, variance.value, scale.value, offset.value, EPSILON);
    const normalized = normalizeBatch(x, scale.value, offset.value, EPSILON);
    mean.write(add(mul(mean.value, 1 - MOMENTUM), mul(normalized.mean, MOMENTUM)));
    variance.write(add(mul(variance.value, 1 - MOMENTUM), mul(normalized.variance, MOMENTUM)));
    return normalized.y;
  };
}
