import type { AffineLayer, AffineSite, DomainBatch } from '@mdctr/core';
import { add, affine, biasAdd, matMul, reshape, rowMatMul, zeros, type Tensor } from '@mdctr/tensor';
import { Generator } from './generator.js';
import type { LowRank } from './initial-values.js';
import type { ApgOptions } from './options.js';
import { sharedFactors } from './shared-factors.js';

/**
 * An affine layer whose kernel is generated: y_i = ((x_i V) S_i) U + b with S_i from the condition z_i, one factor after
 * the other, so that no kernel of full size is formed. Source: APG, section 3.2. The paper writes U(S(Vx)) for columns;
 * here rows are multiplied from the right.
 */
export function generatedAffine(site: AffineSite, options: ApgOptions): AffineLayer {
  const { inputs, units } = site;
  const rank = rankOf(site, options);
  const size: LowRank = { inputs, units, rank };
  const generator = new Generator(site, size, options);
  const shared = options.sharedFactors ? sharedFactors(site.scope(), size, options.overParameterization) : undefined;
  const bias = options.generatedBias ? undefined : site.scope().parameter('bias', [units], zeros);

  const multiply = (h: Tensor, values: Tensor, rows: number, columns: number, batch: DomainBatch): Tensor => {
    const kernels = reshape(values, [-1, rows, columns]);
    return generator.byRow ? rowMatMul(h, kernels) : batch.multiply(h, kernels);
  };
  return {
    parameters: undefined,
    forward(x, batch, weights) {
      if (weights) return affine(x, weights.kernel, weights.bias);
      const generated = generator.generate(x, batch);
      const low = shared ? matMul(x, shared.v()) : multiply(x, generated.v!, inputs, rank, batch); // [B, rank]
      const mixed = multiply(low, generated.core, rank, rank, batch); // [B, rank]
      const y = shared ? matMul(mixed, shared.u()) : multiply(mixed, generated.u!, rank, units, batch); // [B, units]
      if (bias) return biasAdd(y, bias.value);
      return add(y, generator.byRow ? generated.bias! : batch.spread(generated.bias!));
    },
  };
}

function rankOf({ inputs, units, index }: AffineSite, { rank, layerRanks }: ApgOptions): number {
  const wanted = layerRanks[Math.min(index, layerRanks.length - 1)] ?? rank;
  return Math.min(wanted, inputs, units);
}
