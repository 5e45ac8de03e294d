import { Worker } from 'node:worker_threads';
import type { BatchOptions, BatchSource, HostBatch, SplitName } from '@mdctr/core';
import { BatchAssembler, type BatchInput } from './assemble-batch.js';
import { countBatches, planBatches } from './batch-plan.js';
import type { EncodedData } from '../encode/encoded-data.js';
import { countByDomain, quotas } from './sample-domains.js';

/** What the worker is asked and what it answers. */
export interface BatchRequest {
  readonly id: number;
  readonly rows: Int32Array;
}
export interface BatchReply {
  readonly id: number;
  readonly batch: HostBatch;
}

/** How many batches are assembled ahead of the one in use. */
const AHEAD = 3;

/**
 * Batches of a data set. `prefetch` (default) assembles them on a worker thread; batches are the same either way.
 * Sources run as TypeScript (tests) have no worker to start and assemble in place.
 */
export function openBatches(data: EncodedData, { prefetch = true } = {}): BatchSource {
  const { schema, ids, labels, domains, bags } = data;
  const input: BatchInput = { schema, ids, labels, domains, bags };
  const built = !import.meta.url.endsWith('.ts');
  return prefetch && built ? new WorkerSource(data, input) : new LocalSource(data, input);
}

abstract class Source implements BatchSource {
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

  passes(split: SplitName): number {
    return this.begun.get(split) ?? 0;
  }

  batches(split: SplitName, options: BatchOptions): AsyncIterable<HostBatch> {
    this.begun.set(split, this.passes(split) + 1);
    return this.assembled(planBatches(this.rowsOf(split, options), this.data.domains, options));
  }

  /** The rows of a pass in input order. */
  protected rowsOf(split: SplitName, { domain }: BatchOptions): Int32Array {
    const all = this.data.splits[split];
    if (domain === undefined) return all;
    let domains = this.byDomain.get(split);
    if (!domains) this.byDomain.set(split, (domains = groupByDomain(all, this.data.domains)));
    return domains.get(domain) ?? new Int32Array(0);
  }

  /** Batches of the rows that `plan` gives, in its order. */
  protected abstract assembled(plan: Generator<Int32Array, void>): AsyncIterable<HostBatch>;
  abstract close(): Promise<void>;
}

class LocalSource extends Source {
  private readonly assembler: BatchAssembler;

  constructor(data: EncodedData, input: BatchInput) {
    super(data);
    this.assembler = new BatchAssembler(input);
  }

  protected async *assembled(plan: Generator<Int32Array, void>): AsyncIterable<HostBatch> {
    for (const rows of plan) yield this.assembler.assemble(rows);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class WorkerSource extends Source {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve: (batch: HostBatch) => void; reject: (error: Error) => void }>();
  private requests = 0;

  constructor(data: EncodedData, input: BatchInput) {
    super(data);
    // Flags of the main thread, e.g. --input-type, may be refused by a worker; it needs none.
    this.worker = new Worker(new URL('./batch-worker.js', import.meta.url), { workerData: input, execArgv: [] });
    this.worker.on('message', ({ id, batch }: BatchReply) => {
      this.waiting.get(id)?.resolve(batch);
      this.waiting.delete(id);
    });
    this.worker.on('error', (error) => {
      for (const { reject } of this.waiting.values()) reject(error as Error);
      this.waiting.clear();
    });
  }

  protected async *assembled(plan: Generator<Int32Array, void>): AsyncIterable<HostBatch> {
    const ahead: Promise<HostBatch>[] = [];
    const request = (): void => {
      const { value: rows } = plan.next();
      if (rows) ahead.push(this.ask(rows as Int32Array));
    };
    for (let i = 0; i < AHEAD; i++) request();
    try {
      for (let next = ahead.shift(); next; next = ahead.shift()) {
        const batch = await next;
        request();
        yield batch;
      }
    } finally {
      // A caller that breaks off leaves answers behind that nobody awaits.
      for (const left of ahead) left.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private ask(rows: Int32Array): Promise<HostBatch> {
    const id = this.requests++;
    return new Promise<HostBatch>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, rows } satisfies BatchRequest, [rows.buffer as ArrayBuffer]);
    });
  }
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
