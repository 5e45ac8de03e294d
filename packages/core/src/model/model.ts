import {
  add,
  attribute,
  concat,
  countFlops,
  gatherRows,
  indexVector,
  reshape,
  sigmoid,
  tidy,
  toHost,
  type EmbeddingTable,
  type ParameterStore,
  type Scope,
  type Tensor,
} from '@mdctr/tensor';
import type { BaseMargin } from './base-margin.js';
import type { BagPooling } from './bag-pooling.js';
import { DomainBatch, type Pass } from '../batch/domain-batch.js';
import { EmbeddedFields } from '../batch/embedded-fields.js';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { HostBatch } from '../features/host-batch.js';
import type { Forward } from '../network/layer.js';
import type { EmbeddingInterceptor, LogitInterceptor, Penalty } from '../plugin/interceptors.js';

/** The parts a model is put together from. */
export interface ModelParts {
  readonly schema: FeatureSchema;
  readonly dim: number;
  readonly store: ParameterStore;
  /** One table for all fields; a field's rows begin at its offset. */
  readonly table: EmbeddingTable;
  readonly pooling: BagPooling;
  /** Added to the network's logits in all passes; undefined for nothing. */
  readonly margin?: BaseMargin | undefined;
  readonly embedding: readonly EmbeddingInterceptor[];
  readonly forward: Forward;
  readonly logit: readonly LogitInterceptor[];
  readonly penalties: readonly Penalty[];
  /** Added to logits in predictions, not in training: what training on a sample of the rows has changed. 0 for nothing. */
  readonly logitShift: number;
}

const LOOK_UP: Scope = { site: 'look-up' };
const EMBEDDING: Scope = { site: 'embedding' };

/** @internal A network with its parameters: distinct embedding rows in, logits out. */
export class Model {
  private readonly domainFieldIndex: readonly number[];
  private readonly pooled: boolean;

  constructor(private readonly parts: ModelParts) {
    const { schema } = parts;
    this.pooled = schema.fields.some(({ pooling }) => pooling !== undefined);
    this.domainFieldIndex = schema.domainFields.map((name) => schema.fields.findIndex((field) => field.name === name));
  }

  get schema(): FeatureSchema {
    return this.parts.schema;
  }

  get dim(): number {
    return this.parts.dim;
  }

  get store(): ParameterStore {
    return this.parts.store;
  }

  get table(): EmbeddingTable {
    return this.parts.table;
  }

  /** What is added to the network's logits; undefined for nothing. */
  get margin(): BaseMargin | undefined {
    return this.parts.margin;
  }

  /** The distinct embedding rows of a batch: [U, k]. The caller owns the tensor. */
  readonly lookup = attribute(LOOK_UP, (batch: HostBatch): Tensor => this.table.lookup(batch.uniqueIds));

  /**
   * A forward pass. `rows` [U, k] are the distinct embedding rows (the leaf that gradients are taken by).
   * Gives the logits [B, 1] and the batch as the network saw it.
   * @throws RangeError for a batch without bags where fields of the schema are pooled.
   */
  run(rows: Tensor, host: HostBatch, pass: Pass): { readonly logits: Tensor; readonly batch: DomainBatch } {
    const { embedding, forward, logit, margin } = this.parts;
    if (!host.bags && this.pooled) {
      throw new RangeError(
        'The batch has no bags, and the schema has pooled fields. Cut batches by sliceBatch or viewBatch.',
      );
    }
    let embedded = this.embed(rows, host);
    const domains = this.domainRows(rows, host);
    const batch = new DomainBatch(host.rows, host.domainIds, host.domainStarts, domains, pass, () => embedded);
    for (const intercept of embedding) embedded = intercept(embedded, batch);
    const plain = forward(embedded, batch);
    const logits = logit.reduce((value, intercept) => intercept(value, batch, embedded), plain);
    return { logits: margin ? margin.addTo(logits, host) : logits, batch };
  }

  /** The plugins' terms of the loss, after a forward pass in training. */
  penalties(batch: DomainBatch): Tensor[] {
    return this.parts.penalties.flatMap((penalty) => penalty(batch) ?? []);
  }

  /** Click probabilities [B], in evaluation mode. */
  predict(host: HostBatch): Float32Array {
    let probabilities!: Float32Array;
    tidy(() => {
      const { logitShift } = this.parts;
      const { logits } = this.run(this.lookup(host), host, { training: false });
      probabilities = toHost(sigmoid(logitShift === 0 ? logits : add(logits, logitShift)));
    });
    return probabilities;
  }

  /** Floating-point operations of a forward pass, by row of this batch (a multiply-add is two). */
  flopsPerRow(host: HostBatch): number {
    return countFlops(() => this.predict(host)) / host.rows;
  }

  dispose(): void {
    this.store.dispose();
  }

  private readonly embed = attribute(EMBEDDING, (rows: Tensor, host: HostBatch): EmbeddedFields => {
    const { schema, dim, pooling } = this.parts;
    const vectors = host.bags ? concat([rows, pooling.pool(rows, host.bags)], 0) : rows; // [U + S, k]
    const joined = reshape(gatherRows(vectors, indexVector(host.inverse)), [host.rows, schema.fields.length * dim]);
    return new EmbeddedFields(joined, schema, dim);
  });

  /** [G, domain width]: the domain fields' embeddings of each group, taken from the group's first row. */
  private readonly domainRows = attribute(EMBEDDING, (rows: Tensor, host: HostBatch): Tensor => {
    const { schema } = this.parts;
    const groups = host.domainIds.length;
    const parts = this.domainFieldIndex.map((field) => {
      const index = Int32Array.from(host.domainIds, (_, g) => {
        return host.inverse[host.domainStarts[g]! * schema.fields.length + field]!;
      });
      return gatherRows(rows, indexVector(index));
    });
    return parts.length === 0
      ? reshape(gatherRows(rows, indexVector(new Int32Array(0))), [groups, 0])
      : concat(parts, 1);
  });
}
