import { parentPort, workerData } from 'node:worker_threads';
import { BatchAssembler, type BatchInput } from './assemble-batch.js';
import type { BatchReply, BatchRequest } from './batch-source.js';

/** Entry of the worker thread: assembles the batches it is asked for. */
const assembler = new BatchAssembler(workerData as BatchInput);

parentPort!.on('message', ({ id, rows }: BatchRequest) => {
  const batch = assembler.assemble(rows);
  const arrays = [batch.order, batch.uniqueIds, batch.inverse, batch.domainIds, batch.domainStarts, batch.labels];
  const transfer = arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
  parentPort!.postMessage({ id, batch } satisfies BatchReply, transfer);
});
