import type { DomainBatch, FeatureSchema, ParameterScope } from '@mdctr/core';
import {
  add,
  concat,
  div,
  gatherRows,
  indexVector,
  mean,
  mul,
  normal,
  sqrt,
  square,
  tensor,
  type Tensor,
} from '@mdctr/tensor';
import type { AdaSparseOptions } from './options.js';

/** What tells a pruner the domain: a vector for each group of a batch, [G, width]. */
export interface DomainInput {
  readonly width: number;
  of(batch: DomainBatch): Tensor;
}

/** Keeps a division finite where a domain's embedding is all zeros. */
const SMALLEST_SQUARE = 1e-12;

/**
 * The shared embedding of the domain's fields begins small (.01): a pruner that sees it as it is hardly learns anything in the first
 * hundreds of steps. A table of its own, or the embedding over its root mean square, shows it the domain from the first step on.
 * @param widthOfFields that of `batch.domains`.
 */
export function domainInput(
  { domain }: AdaSparseOptions['pruner'],
  schema: FeatureSchema,
  scope: ParameterScope,
  widthOfFields: number,
): DomainInput {
  switch (domain.kind) {
    case 'shared':
      return { width: widthOfFields, of: ({ domains }) => (domain.scale === 1 ? domains : mul(domains, domain.scale)) };
    case 'normalized':
      return { width: widthOfFields, of: ({ domains }) => overRootMeanSquare(domains) };
    case 'table': {
      const { dim, initStd } = domain;
      // Row d - 1 is that of domain d; domain 0, of what training never saw, has zeros.
      const table = scope.parameter('domains', [schema.domains.length - 1, dim], normal(initStd));
      const none = new Float32Array(dim);
      const all = (): Tensor => concat([tensor(none, [1, dim]), table.value], 0);
      return { width: dim, of: ({ domainIds }) => gatherRows(all(), indexVector(domainIds)) };
    }
  }
}

/** [G, width] -> [G, width], the mean square of each row 1. */
function overRootMeanSquare(x: Tensor): Tensor {
  return div(x, sqrt(add(mean(square(x), 1, true), SMALLEST_SQUARE)));
}
