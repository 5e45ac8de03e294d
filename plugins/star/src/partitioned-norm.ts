import type { DomainBatch, Layer, NormSite } from '@mdctr/core';
import {
  add,
  concat,
  fill,
  gatherRows,
  indexVector,
  mean,
  mul,
  normalizeGroups,
  normalizeGroupsWith,
  ones,
  segmentSum,
  slice,
  sub,
  tensor,
  zeros,
  type GroupStatistics,
  type Parameter,
  type Tensor,
} from '@mdctr/tensor';
import type { StarOptions } from './options.js';

/**
 * Partitioned normalisation: `z' = (gamma gamma_p) (z - mu_p) / sqrt(var_p + eps) + (beta + beta_p)`, with the statistics
 * of domain p's own rows in training and their moving averages in evaluation. Source: STAR, section 4.2, eq. 5 and 6.
 *
 * Where a batch has one row of a domain, which has no variance, the domain's moving averages are used and stay as they
 * are. A domain never seen has gamma and beta alone, and the mean of all domains' moving averages.
 */
export function partitionedNorm(site: NormSite, { momentum, epsilon }: StarOptions): Layer {
  const { units } = site;
  const domains = site.schema.domains.length - 1;
  const scope = site.scope();
  const shared = { scale: scope.parameter('scale', [units], ones), offset: scope.parameter('offset', [units], zeros) };
  const own = {
    scale: scope.parameter('domain-scale', [domains, units], ones),
    offset: scope.parameter('domain-offset', [domains, units], zeros),
  };
  const moving: MovingStatistics = {
    mean: scope.state('mean', [domains, units], zeros),
    variance: scope.state('variance', [domains, units], ones),
  };
  return (z, batch) => {
    const ids = indexVector(batch.domainIds);
    const scale = mul(ofGroups(own.scale.value, fill([1, units], 1), ids), shared.scale.value); // [G, units]
    const offset = add(ofGroups(own.offset.value, fill([1, units], 0), ids), shared.offset.value);
    const known = statisticsOfGroups(moving, ids);
    const groups = { index: batch.group, sizes: batch.sizes };
    if (!batch.training) return normalizeGroupsWith(z, groups, scale, offset, known, epsilon);
    const found = normalizeGroups(z, groups, scale, offset, known, epsilon);
    follow(moving, found, known, batch, momentum);
    return found.y;
  };
}

/** [domains, units] each */
interface MovingStatistics {
  readonly mean: Parameter;
  readonly variance: Parameter;
}

/** Rows of a domain's values for each group [G, units]; `unseen` [1, units] stands for domain id 0. */
function ofGroups(perDomain: Tensor, unseen: Tensor, ids: Tensor): Tensor {
  return gatherRows(concat([unseen, perDomain], 0), ids);
}

function statisticsOfGroups(moving: MovingStatistics, ids: Tensor): GroupStatistics {
  const rows = ({ value }: Parameter): Tensor => ofGroups(value, mean(value, 0, true), ids);
  return { mean: rows(moving.mean), variance: rows(moving.variance) };
}

/** Moves the averages of the domains that have statistics in this batch: moving += momentum (found - moving). */
function follow(
  moving: MovingStatistics,
  found: GroupStatistics,
  known: GroupStatistics,
  batch: DomainBatch,
  momentum: number,
): void {
  const domains = moving.mean.shape[0]!;
  const rates = tensor(
    batch.sizes.map((size) => (size > 1 ? momentum : 0)),
    [batch.groups, 1],
  );
  const ids = indexVector(batch.domainIds);
  for (const name of ['mean', 'variance'] as const) {
    const change = segmentSum(mul(sub(found[name], known[name]), rates), ids, domains + 1);
    moving[name].write(add(moving[name].value, slice(change, [1, 0], [domains, -1])));
  }
}
