import { usedBags } from './bags.js';
import type { HostBatch } from './host-batch.js';

/**
 * The rows `begin` to `end` of a batch, the end excluded, as a new batch. It contains only the ids that these rows use,
 * so that an update changes no others.
 * @internal
 */
export function sliceBatch(batch: HostBatch, begin: number, end: number): HostBatch {
  const view = viewBatch(batch, begin, end);
  const whole = batch.uniqueIds.length;
  const position = new Map<number, number>();
  const renumber = (old: number): number => {
    let index = position.get(old);
    if (index === undefined) position.set(old, (index = position.size));
    return index;
  };
  const inverse = view.inverse.map((old) => (old < whole ? renumber(old) : old));
  const elements = view.bags?.elements.map(renumber);
  const dropped = whole - position.size;
  return {
    ...view,
    uniqueIds: Int32Array.from(position.keys(), (old) => batch.uniqueIds[old]!),
    inverse: view.bags ? inverse.map((entry, i) => (view.inverse[i]! < whole ? entry : entry - dropped)) : inverse,
    ...(view.bags && { bags: { ...view.bags, elements: elements! } }),
  };
}

/**
 * The rows `begin` to `end` of a batch, the end excluded, with the distinct ids of the whole batch. It can be used with
 * the embedding rows that were looked up for the whole batch.
 */
export function viewBatch(batch: HostBatch, begin: number, end: number): HostBatch {
  const fields = batch.rows === 0 ? 0 : batch.inverse.length / batch.rows;
  const groups = Array.from(batch.domainIds, (domain, g) => ({
    domain,
    from: Math.max(begin, batch.domainStarts[g]!) - begin,
    to: Math.min(end, batch.domainStarts[g + 1]!) - begin,
  })).filter(({ from, to }) => to > from);
  const inverse = batch.inverse.slice(begin * fields, end * fields);
  return {
    rows: end - begin,
    order: batch.order.slice(begin, end),
    ...(batch.labels && { labels: batch.labels.slice(begin, end) }),
    ...(batch.weights && { weights: batch.weights.slice(begin, end) }),
    uniqueIds: batch.uniqueIds,
    ...(batch.bags ? usedBags(batch.bags, inverse, batch.uniqueIds.length) : { inverse }),
    domainIds: Int32Array.from(groups, ({ domain }) => domain),
    domainStarts: Int32Array.from([0, ...groups.map(({ to }) => to)]),
  };
}

/** Splits a batch into one batch for each domain, in ascending order of domain ids. */
export function splitByDomain(batch: HostBatch): HostBatch[] {
  return Array.from(batch.domainIds, (_, g) => sliceBatch(batch, batch.domainStarts[g]!, batch.domainStarts[g + 1]!));
}
