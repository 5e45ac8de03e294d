import type { HostBatch } from '@mdctr/core';
import type { EncodedData } from '../encode/encoded-data.js';
import { BatchAssembler, type BatchInput } from './assemble-batch.js';
import { EncodedSource } from './encoded-source.js';
import type { UnknownIds } from './unknown-ids.js';

/** Assembles each batch where and when it is asked for. */
export class LocalSource extends EncodedSource {
  private readonly assembler: BatchAssembler;

  constructor(data: EncodedData, input: BatchInput) {
    super(data);
    this.assembler = new BatchAssembler(input);
  }

  protected async *assembled(
    plan: Generator<Int32Array, void>,
    unknown: UnknownIds | undefined,
  ): AsyncIterable<HostBatch> {
    for (const rows of plan) yield this.assembler.assemble(rows, unknown);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
