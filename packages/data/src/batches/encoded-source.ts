import type { BatchOptions, BatchSource, HostBatch, SplitName } from '@mdctr/core';
import type { EncodedData } from '../encode/encoded-data.js';
import { countBatches, planBatches } from './batch-plan.js';
import { countOccurrences } from './count-occurrences.js';
import { rowHash } from './row-hash.js';
import { countByDomain, quotas } from './sample-domains.js';
import { unknownIdsOf, type UnknownIds } from './unknown-ids.js';

/** What tells this draw of a row from those of its fields, which count from 1. */
const NEGATIVES = 0;

/** Plans the batches of a data set; how they are assembled is up to the class that extends it. */
export abstract class EncodedSource implements BatchSource {
  private readonly byDomain = new Map<SplitName, ReadonlyMap<number, Int32Array>>();
  private readonly begun = new Map<SplitName, number>();

  constructor(protected readonly data: EncodedData) {}

  get schema(): EncodedData['schema'] {
    return this.data.schema;
  }

  get groups(): Int32Array | undefined {
    return this.data.groups;
  }

  rows(split: SplitName): number {
    return this.data.splits[split].length;
  }

  count(split: SplitName, options: BatchOptions): number {
    return countBatches(this.rowsOf(split, options), this.data.domains, options);
  }

  rowsByDomain(split: SplitName, { sampling }: Pick<BatchOptions, 'sampling'> = {}): ReadonlyMap<number, number> {
    const sizes = countByDomain(this.data.splits[split], this.data.domains);
    return sampling ? quotas(sizes, sampling.exponent) : sizes;
  }

  occurrences(): Float64Array {
    return countOccurrences(this.data);
  }

  passes(split: SplitName): number {
    return this.begun.get(split) ?? 0;
  }

  batches(split: SplitName, options: BatchOptions): AsyncIterable<HostBatch> {
    this.begun.set(split, this.passes(split) + 1);
    const plan = planBatches(this.rowsOf(split, options), this.data.domains, options);
    return this.assembled(plan, unknownIdsOf(options));
  }

  /** The rows of a pass in input order. */
  protected rowsOf(split: SplitName, { domain, negatives }: BatchOptions): Int32Array {
    const rows = this.rowsOfDomain(split, domain);
    const { labels } = this.data;
    if (!negatives || negatives.rate >= 1 || !labels) return rows;
    const { rate, seed, epoch } = negatives;
    return rows.filter((row) => labels[row]! > 0 || rowHash(seed, epoch, row, NEGATIVES) < rate);
  }

  private rowsOfDomain(split: SplitName, domain: number | undefined): Int32Array {
    const all = this.data.splits[split];
    if (domain === undefined) return all;
    let domains = this.byDomain.get(split);
    if (!domains) this.byDomain.set(split, (domains = groupByDomain(all, this.data.domains)));
    return domains.get(domain) ?? new Int32Array(0);
  }

  /** Batches of the rows that `plan` gives, in its order; `unknown`: ids that are replaced. */
  protected abstract assembled(
    plan: Generator<Int32Array, void>,
    unknown: UnknownIds | undefined,
  ): AsyncIterable<HostBatch>;
  abstract close(): Promise<void>;
}

function groupByDomain(rows: Int32Array, domains: Int32Array): Map<number, Int32Array> {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const group = groups.get(domains[row]!);
    if (group) group.push(row);
    else groups.set(domains[row]!, [row]);
  }
  return new Map([...groups].map(([domain, members]) => [domain, Int32Array.from(members)]));
}
