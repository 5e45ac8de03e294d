import { Worker } from 'node:worker_threads';
import type { HostBatch } from '@mdctr/core';
import type { EncodedData } from '../encode/encoded-data.js';
import type { BatchInput } from './assemble-batch.js';
import { EncodedSource } from './encoded-source.js';
import type { UnknownIds } from './unknown-ids.js';
import type { BatchReply, BatchRequest } from './worker-messages.js';

/** How many batches are assembled ahead of the one in use. */
const AHEAD = 3;

/** Assembles batches on a worker thread, a few ahead. */
export class WorkerSource extends EncodedSource {
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
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
  }

  protected async *assembled(
    plan: Generator<Int32Array, void>,
    unknown: UnknownIds | undefined,
  ): AsyncIterable<HostBatch> {
    const ahead: Promise<HostBatch>[] = [];
    const request = (): void => {
      const { value: rows } = plan.next();
      if (rows) ahead.push(this.ask(rows, unknown));
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

  private ask(rows: Int32Array, unknown: UnknownIds | undefined): Promise<HostBatch> {
    const id = this.requests++;
    return new Promise<HostBatch>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, rows, unknown } satisfies BatchRequest, [rows.buffer as ArrayBuffer]);
    });
  }
}
