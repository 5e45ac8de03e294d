import { firstOf, lastOf } from '@mdctr/base';
import {
  concat,
  fill,
  gatherRows,
  indexVector,
  matMul,
  mul,
  reshape,
  segmentSoftmax,
  segmentSum,
  slice,
  tensor,
  zeros,
  type Parameter,
  type ParameterStore,
  type Tensor,
} from '@mdctr/tensor';
import type { Bags } from '../features/bags.js';
import type { FeatureSchema } from '../features/feature-schema.js';

/** Where the queries of attention pooling are: `pooling/FIELD/query`. */
export const POOLING_PATH = 'pooling';

/**
 * Makes the vectors of bags. With `attention`, a list's elements e_j have the weights
 * softmax_j(q . e_j / sqrt(k)), q [k] being a learned query of the field: Yang et al. 2016 (Hierarchical Attention
 * Networks, eq. 6 and 7, on the embeddings as they are), scaled as in Vaswani et al. 2017, eq. 1. A query of zeros, which
 * training begins with, takes the mean.
 */
export class BagPooling {
  /** [F] undefined for fields without attention. */
  private readonly queries: readonly (Parameter | undefined)[];

  constructor(
    schema: FeatureSchema,
    private readonly dim: number,
    store: ParameterStore,
  ) {
    this.queries = schema.fields.map(({ name, pooling }) =>
      pooling === 'attention' ? store.create(`${POOLING_PATH}/${name}/query`, [dim], zeros) : undefined,
    );
  }

  /** Vectors of the bags [S, k]. `rows` [U, k] are the batch's distinct embedding rows. */
  pool(rows: Tensor, bags: Bags): Tensor {
    const { elements, starts, weights } = bags;
    const vectors = gatherRows(rows, indexVector(elements)); // [L, k]
    const given = tensor(weights, [weights.length, 1]);
    const attention = this.attention(vectors, bags);
    const weighted = mul(vectors, attention ? mul(given, attention) : given);
    const single = starts.every((start, s) => start === s);
    return single ? weighted : segmentSum(weighted, indexVector(bagOfElement(starts)), starts.length - 1);
  }

  /** Weights of the elements [L, 1], 1 in fields without attention; undefined where no bag has any. */
  private attention(vectors: Tensor, { elements, starts, fieldStarts }: Bags): Tensor | undefined {
    const parts: Tensor[] = [];
    let done = 0; // elements
    const onesTo = (end: number): void => {
      if (end > done) parts.push(fill([end - done, 1], 1));
      done = end;
    };
    this.queries.forEach((query, field) => {
      const bounds = starts.subarray(fieldStarts[field], fieldStarts[field + 1]! + 1);
      const [begin, end] = [firstOf(bounds), lastOf(bounds)];
      if (!query || begin === end) return;
      onesTo(begin);
      const keys = slice(vectors, [begin, 0], [end - begin, this.dim]);
      const scores = mul(matMul(keys, reshape(query.value, [this.dim, 1])), 1 / Math.sqrt(this.dim));
      const within = bounds.map((start) => start - begin);
      parts.push(segmentSoftmax(scores, within));
      done = end;
    });
    if (parts.length === 0) return undefined;
    onesTo(elements.length);
    return concat(parts, 0);
  }
}

/** [L] the bag that each element is in. */
function bagOfElement(starts: Int32Array): Int32Array {
  const bags = new Int32Array(lastOf(starts));
  for (let s = 0; s + 1 < starts.length; s++) bags.fill(s, starts[s], starts[s + 1]);
  return bags;
}
