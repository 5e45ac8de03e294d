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
  zeros,
  type Parameter,
  type Tensor,
} from '@mdctr/tensor';

/**
 * Star topology: the rows of domain p go through the kernel `W_p* = W_p * W` (elementwise) and the bias
 * `b_p* = b_p + b`, with W and b the layer's own, shared by all domains. W_p starts at 1 and b_p at 0, so training
 * starts at the shared network. A domain never seen has the shared parameters alone. Source: STAR, section 4.3, eq. 8 and 9.
 *
 * Each domain's kernel is a parameter of its own, `kernel/DOMAIN ID`: a batch without the domain then neither multiplies
 * nor updates it, so a step costs by the domains in its batch.
 */
export function starTopology(site: AffineSite, domainBias: boolean): AffineLayer | undefined {
  const inner = site.build();
  const { inputs, units } = site;
  const domains = site.schema.domains.length - 1;
  if (!inner.parameters || domains === 0) return inner;
  const scope = site.scope();
  const kernels = Array.from({ length: domains }, (_, d) => {
    return scope.scope('kernel').parameter(String(d + 1), [inputs, units], ones);
  });
  const biases = domainBias && inner.parameters.bias ? scope.parameter('bias', [domains, units], zeros) : undefined;
  return {
    parameters: inner.parameters,
    forward(x, batch, weights) {
      const kernel = weights?.kernel ?? inner.parameters!.kernel.value;
      const bias = weights ? weights.bias : inner.parameters!.bias?.value;
      const kernelOf = (id: number): Tensor | undefined => (id === 0 ? undefined : kernels[id - 1]!.value);
      if (inner.plain) {
        const own = Array.from(batch.domainIds, kernelOf);
        const shifts = bias && biasOfGroups(bias, biases, batch);
        return groupAffine(x, batch.sizes, { kernel, own, ...(shifts && { biases: shifts }) });
      }
      // Another plugin computes the layer in a way of its own: it gets each domain's rows with that domain's weights.
      return batch.byDomain(x, (rows, part) => {
        const own = kernelOf(part.domainIds[0]!);
        const shift = bias && reshape(biasOfGroups(bias, biases, part), [units]);
        return inner.forward(rows, part, { kernel: own ? mul(kernel, own) : kernel, ...(shift && { bias: shift }) });
      });
    },
  };
}

/** b + b_p for each group of the batch [G, units]; b alone for a domain never seen. */
function biasOfGroups(shared: Tensor, own: Parameter | undefined, batch: DomainBatch): Tensor {
  const units = shared.shape[0]!;
  const none = fill([1, units], 0);
  const rows = own ? concat([none, own.value], 0) : none; // row 0 is the domain never seen
  const ids = own ? batch.domainIds : new Int32Array(batch.groups);
  return add(gatherRows(rows, indexVector(ids)), shared);
}
