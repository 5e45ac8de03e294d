import { parentPort, workerData } from 'node:worker_threads';
import { BatchAssembler, type BatchInput } from './assemble-batch.js';
import type { BatchReply, BatchRequest } from './worker-messages.js';

/** Entry of the worker thread: assembles the batches it is asked for. */
const assembler = new BatchAssembler(workerData as BatchInput);

parentPort!.on('message', ({ id, rows, unknown }: BatchRequest) => {
  const batch = assembler.assemble(rows, unknown);
  const { order, uniqueIds, inverse, domainIds, domainStarts, labels, weights, bags } = batch;
  const arrays = [order, uniqueIds, inverse, domainIds, domainStarts, labels, weights, ...Object.values(bags ?? {})];
  const transfer = arrays.flatMap((array: Int32Array | Float32Array | undefined) =>
    array ? [array.buffer as ArrayBuffer] : [],
  );
  parentPort!.postMessage({ id, batch } satisfies BatchReply, transfer);
});
