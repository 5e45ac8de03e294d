import type { BatchSource } from '@mdctr/core';
import type { EncodedData } from '../encode/encoded-data.js';
import type { BatchInput } from './assemble-batch.js';
import { LocalSource } from './local-source.js';
import { WorkerSource } from './worker-source.js';

/**
 * Batches of a data set. `prefetch` (default) assembles them on a worker thread; batches are the same either way.
 * Sources run as TypeScript (tests) have no worker to start and assemble in place.
 */
export function openBatches(data: EncodedData, { prefetch = true } = {}): BatchSource {
  const { schema, ids, labels, domains, weights, bags } = data;
  const input: BatchInput = { schema, ids, labels, domains, weights, bags };
  const built = !import.meta.url.endsWith('.ts');
  return prefetch && built ? new WorkerSource(data, input) : new LocalSource(data, input);
}
