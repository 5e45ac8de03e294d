import type { HostBatch } from '@mdctr/core';

/** What the worker is asked. */
export interface BatchRequest {
  readonly id: number;
  readonly rows: Int32Array;
}

/** What it answers. */
export interface BatchReply {
  readonly id: number;
  readonly batch: HostBatch;
}
