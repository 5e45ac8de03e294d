import type { DomainBatch, Layer, NormSite } from '@mdctr/core';
import {
  add,
  concat,
  fill,
  gatherRows,
  indexVector,
  matMul,
  mul,
  normalizeGroups,
  normalizeGroupsWith,
  ones,
  segmentSum,
  slice,
  sub,
  tensor,
  toHost,
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
 * are. A domain without averages yet, or never seen, has the mean of all domains' averages; the latter gamma and beta alone.
 */
export function partitionedNorm(site: NormSite, { momentum, epsilon }: StarOptions): Layer {
  const { units } = site;
  const domains = site.schema.domains.length - 1;
  const scope = site.scope();
  const shared = { scale: scope.parameter('scale', [units], ones), offset: scope.parameter('offset', [units], zeros) };
  const ofDomains = {
    scale: scope.parameter('domain-scale', [domains, units], ones),
    offset: scope.parameter('domain-offset', [domains, units], zeros),
  };
  const moving: MovingStatistics = {
    mean: scope.state('mean', [domains, units], zeros),
    variance: scope.state('variance', [domains, units], ones),
    updates: scope.state('updates', [domains], zeros),
  };
  return (z, batch) => {
    const ids = indexVector(batch.domainIds);
    const scale = mul(ofGroups(ofDomains.scale.value, fill([1, units], 1), ids), shared.scale.value); // [G, units]
    const offset = add(ofGroups(ofDomains.offset.value, fill([1, units], 0), ids), shared.offset.value);
    const known = statisticsOfGroups(moving, batch.domainIds);
    const groups = { index: batch.group, sizes: batch.sizes };
    if (!batch.training) return normalizeGroupsWith(z, groups, scale, offset, known, epsilon);
    const found = normalizeGroups(z, groups, scale, offset, known, epsilon);
    follow(moving, found, batch, momentum);
    return found.y;
  };
}

interface MovingStatistics {
  /** [domains, units] */
  readonly mean: Parameter;
  /** [domains, units] */
  readonly variance: Parameter;
  /** [domains] batches that have gone into each domain's averages. */
  readonly updates: Parameter;
}

/** Rows of a domain's values for each group [G, units]; `unseen` [1, units] stands for domain id 0. */
function ofGroups(perDomain: Tensor, unseen: Tensor, ids: Tensor): Tensor {
  return gatherRows(concat([unseen, perDomain], 0), ids);
}

function statisticsOfGroups(moving: MovingStatistics, domainIds: Int32Array): GroupStatistics {
  const updates = toHost(moving.updates.value);
  const known = updates.map((n) => (n > 0 ? 1 : 0));
  const count = known.reduce((sum, one) => sum + one, 0);
  const weights = tensor(count > 0 ? known.map((one) => one / count) : known.fill(1 / known.length), [1, known.length]);
  const ids = indexVector(domainIds.map((id) => (id > 0 && updates[id - 1]! > 0 ? id : 0)));
  const rows = ({ value }: Parameter): Tensor => ofGroups(value, matMul(weights, value), ids);
  return { mean: rows(moving.mean), variance: rows(moving.variance) };
}

/**
 * Moves the averages of the domains that have statistics in this batch: moving += rate (found - moving). A domain's first
 * batches count alike, until the rate is down to `momentum`: averages that began at 0 and 1 would take some tens of
 * batches to fit, which a rare domain does not have.
 */
function follow(moving: MovingStatistics, found: GroupStatistics, batch: DomainBatch, momentum: number): void {
  const domains = moving.mean.shape[0]!;
  const updates = toHost(moving.updates.value);
  const groups = Array.from(batch.sizes, (size, g) => ({ domain: batch.domainIds[g]! - 1, counts: size > 1 }));
  const rates = groups.map(({ domain, counts }) => (counts ? Math.max(momentum, 1 / ((updates[domain] ?? 0) + 1)) : 0));
  const ids = indexVector(batch.domainIds);
  for (const name of ['mean', 'variance'] as const) {
    const { value } = moving[name];
    const stored = ofGroups(value, fill([1, value.shape[1]!], 0), ids);
    const change = segmentSum(mul(sub(found[name], stored), tensor(rates, [rates.length, 1])), ids, domains + 1);
    moving[name].write(add(value, slice(change, [1, 0], [domains, -1])));
  }
  for (const { domain, counts } of groups) if (counts && domain >= 0) updates[domain]!++;
  moving.updates.write(updates);
}
