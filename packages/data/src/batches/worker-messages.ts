import type { HostBatch } from '@mdctr/core';
import type { UnknownIds } from './unknown-ids.js';

/** What the worker is asked. */
export interface BatchRequest {
  readonly id: number;
  readonly rows: Int32Array;
  /** Ids that are replaced. */
  readonly unknown: UnknownIds | undefined;
}

/** What it answers. */
export interface BatchReply {
  readonly id: number;
  readonly batch: HostBatch;
}
