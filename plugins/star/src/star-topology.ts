import type { AffineLayer, AffineSite, DomainBatch } from '@mdctr/core';
import {
  add,
  concat,
  fill,
  gatherRows,
  groupAffine,
  indexVector,
  mul,
  ones,
  reshape,
  slice,
  zeros,
  type Parameter,
  type Tensor,
} from '@mdctr/tensor';

/**
 * Star topology: the rows of domain p go through the kernel `W_p* = W_p * W` (elementwise) and the bias
 * `b_p* = b_p + b`, with W and b the layer's own, shared by all domains. W_p starts at 1 and b_p at 0, so training
 * starts at the shared network. A domain never seen has the shared parameters alone. Source: STAR, section 4.3, eq. 8 and 9.
 */
export function starTopology(site: AffineSite, domainBias: boolean): AffineLayer {
  const inner = site.build();
  const { inputs, units } = site;
  const domains = site.schema.domains.length - 1;
  if (!inner.parameters || domains === 0) return inner;
  const kernels = site.scope().parameter('kernel', [domains, inputs, units], ones);
  const biases =
    domainBias && inner.parameters.bias ? site.scope().parameter('bias', [domains, units], zeros) : undefined;
  return {
    parameters: inner.parameters,
    forward(x, batch, weights) {
      const kernel = weights?.kernel ?? inner.parameters!.kernel.value;
      const bias = weights ? weights.bias : inner.parameters!.bias?.value;
      if (inner.plain) {
        const at = Array.from(batch.domainIds, (id) => id - 1);
        const shifts = bias && biasOfGroups(bias, biases, batch);
        return groupAffine(x, batch.sizes, {
          kernel,
          groupFactors: kernels.value,
          at,
          ...(shifts && { biases: shifts }),
        });
      }
      // Another plugin computes the layer in a way of its own: it gets each domain's rows with that domain's weights.
      return batch.byDomain(x, (rows, part) => {
        const id = part.domainIds[0]!;
        const factor = id > 0 && reshape(slice(kernels.value, [id - 1, 0, 0], [1, -1, -1]), [inputs, units]);
        const shift = bias && reshape(biasOfGroups(bias, biases, part), [units]);
        return inner.forward(rows, part, {
          kernel: factor ? mul(kernel, factor) : kernel,
          ...(shift && { bias: shift }),
        });
      });
    },
  };
}

/** b + b_p for each group of the batch [G, units]; b alone for a domain never seen. */
function biasOfGroups(shared: Tensor, shifts: Parameter | undefined, batch: DomainBatch): Tensor {
  const units = shared.shape[0];
  const none = fill([1, units], 0);
  const rows = shifts ? concat([none, shifts.value], 0) : none; // row 0 is the domain never seen
  const ids = shifts ? batch.domainIds : new Int32Array(batch.groups);
  return add(gatherRows(rows, indexVector(ids)), shared);
}
