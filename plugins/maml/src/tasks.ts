import { viewBatch, type HostBatch } from '@mdctr/core';
import type { MamlOptions } from './options.js';

/** The rows of one domain in a batch. */
export interface Task {
  /** Absent where the domain has one row: it cannot be split, and counts as a query at the meta parameters. */
  readonly support?: HostBatch;
  readonly query: HostBatch;
  /** Factor of the query loss in the outer loss. */
  readonly weight: number;
}

/**
 * One task for each domain of a batch. The first rows of a domain are its support, at least one and not all of them:
 * training batches come shuffled by seed and epoch, so this is a random split, another in each epoch. Which task comes
 * first changes from batch to batch with the rows, so that none is the last to write moving averages more often than
 * another.
 */
export function tasksOf(batch: HostBatch, { support, weighting }: Pick<MamlOptions, 'support' | 'weighting'>): Task[] {
  const domains = batch.domainIds.length;
  const parts = Array.from(batch.domainIds, (_, g) => {
    const begin = batch.domainStarts[g]!;
    const end = batch.domainStarts[g + 1]!;
    const rows = end - begin;
    const cut = rows < 2 ? begin : begin + Math.min(rows - 1, Math.max(1, Math.round(support * rows)));
    return { begin, cut, end };
  });
  const queryRows = parts.reduce((sum, { cut, end }) => sum + end - cut, 0);
  const weightOf = (rows: number): number =>
    weighting === 'rows' ? rows / queryRows : weighting === 'mean' ? 1 / domains : 1;
  const tasks = parts.map(({ begin, cut, end }) => ({
    ...(cut > begin && { support: viewBatch(batch, begin, cut) }),
    query: viewBatch(batch, cut, end),
    weight: weightOf(end - cut),
  }));
  const first = batch.order[0]! % domains;
  return [...tasks.slice(first), ...tasks.slice(0, first)];
}
