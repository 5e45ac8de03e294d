import { totalIds, type FeatureSchema, type HostBatch } from '@mdctr/core';
import type { BagTable } from './bag-table.js';
import { BagCollector } from './batch-bags.js';

/** The arrays that batches are cut from; they live in shared memory. */
export interface BatchInput {
  readonly schema: FeatureSchema;
  readonly ids: Int32Array;
  readonly labels: Float32Array | undefined;
  readonly domains: Int32Array;
  /** By field; undefined for fields that are not pooled. Absent where none is. */
  readonly bags?: readonly (BagTable | undefined)[] | undefined;
}

/** Cuts batches. Its two scratch arrays are as long as the vocabulary, but a batch touches only its own ids. */
export class BatchAssembler {
  private readonly stamp: Int32Array;
  private readonly position: Int32Array;
  /** Fields that are not pooled. */
  private readonly plainFields: readonly number[];
  private readonly domainFields: readonly number[];
  private readonly collector: BagCollector | undefined;
  private batches = 0;

  constructor(private readonly input: BatchInput) {
    const size = totalIds(input.schema);
    this.stamp = new Int32Array(size);
    this.position = new Int32Array(size);
    const { fields, domainFields } = input.schema;
    this.plainFields = fields.flatMap(({ pooling }, f) => (pooling ? [] : [f]));
    if (input.bags) this.collector = new BagCollector(input.schema, input.bags);
    this.domainFields = domainFields.map((name) => fields.findIndex((field) => field.name === name));
  }

  /** The batch of these rows, grouped by domain; rows of one domain keep their order. */
  assemble(rows: Int32Array): HostBatch {
    const { schema, ids, labels, domains } = this.input;
    const fields = schema.fields.length;
    const groups = this.group(rows);
    const order = Int32Array.from(groups.flatMap((group) => group.rows));
    const inverse = new Int32Array(order.length * fields);
    const mark = ++this.batches;
    const bags = this.collector?.collect(order, ids, inverse, mark);
    const unique = new Int32Array(order.length * this.plainFields.length + (bags?.elements.length ?? 0));
    let count = 0;
    const place = (id: number): number => {
      if (this.stamp[id] !== mark) {
        this.stamp[id] = mark;
        this.position[id] = count;
        unique[count++] = id;
      }
      return this.position[id]!;
    };
    for (let i = 0; i < order.length; i++) {
      for (const f of this.plainFields) {
        inverse[i * fields + f] = place(schema.fields[f]!.offset + ids[order[i]! * fields + f]!);
      }
    }
    const elements = bags?.elements.map(place);
    this.collector?.shift(inverse, count);
    const domainStarts = new Int32Array(groups.length + 1);
    groups.forEach((group, g) => (domainStarts[g + 1] = domainStarts[g]! + group.rows.length));
    return {
      rows: order.length,
      order,
      ...(labels && { labels: Float32Array.from(order, (row) => labels[row]!) }),
      uniqueIds: unique.slice(0, count),
      inverse,
      ...(bags && { bags: { ...bags, elements: elements! } }),
      domainIds: Int32Array.from(groups, ({ first }) => domains[first]!),
      domainStarts,
    };
  }

  /**
   * Rows by domain, ascending. Domain 0 gathers all combinations never seen; rows of different combinations have
   * different domain embeddings, so each gets a group of its own.
   */
  private group(rows: Int32Array): { first: number; rows: number[] }[] {
    const { domains, ids, schema } = this.input;
    const groups = new Map<number | string, { first: number; rows: number[] }>();
    for (const row of rows) {
      const domain = domains[row]!;
      const key = domain > 0 ? domain : this.domainFields.map((f) => ids[row * schema.fields.length + f]).join('/');
      const group = groups.get(key);
      if (group) group.rows.push(row);
      else groups.set(key, { first: row, rows: [row] });
    }
    // Ties (several groups of domain 0) are settled by the smallest row, whatever order the rows came in.
    return [...groups.values()].sort(
      (a, b) => domains[a.first]! - domains[b.first]! || Math.min(...a.rows) - Math.min(...b.rows),
    );
  }
}
