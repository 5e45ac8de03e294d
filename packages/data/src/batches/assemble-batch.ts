import type { FeatureSchema, HostBatch } from '@mdctr/core';
import type { BagTable } from '../encode/bag-table.js';
import { BagCollector } from './batch-bags.js';
import { DistinctIds } from './distinct-ids.js';
import { isReplaced, replaceableFields, type UnknownIds } from './unknown-ids.js';

/** The arrays that batches are cut from; they live in shared memory. */
export interface BatchInput {
  readonly schema: FeatureSchema;
  readonly ids: Int32Array;
  readonly labels: Float32Array | undefined;
  readonly domains: Int32Array;
  readonly weights?: Float32Array | undefined;
  /** By field; undefined for fields that are not pooled. Absent where none is. */
  readonly bags?: readonly (BagTable | undefined)[] | undefined;
}

/** Cuts batches. Runs on a worker thread, which loads nothing but this: imports from other packages are types alone. */
export class BatchAssembler {
  private readonly distinct = new DistinctIds();
  /** Fields that are not pooled, and where their rows of the joint table begin. */
  private readonly plainFields: Int32Array;
  private readonly offsets: Int32Array;
  private readonly domainFields: readonly number[];
  /** By place in `plainFields`: whether ids may be replaced by that of unknown values. */
  private readonly replaceable: readonly boolean[];
  private readonly collector: BagCollector | undefined;
  private batches = 0;

  constructor(private readonly input: BatchInput) {
    const { fields, domainFields } = input.schema;
    this.plainFields = Int32Array.from(fields.flatMap(({ pooling }, f) => (pooling ? [] : [f])));
    const replaceable = replaceableFields(input.schema);
    this.replaceable = Array.from(this.plainFields, (f) => replaceable[f]!);
    this.offsets = Int32Array.from(this.plainFields, (f) => fields[f]!.offset);
    if (input.bags) this.collector = new BagCollector(input.schema, input.bags);
    this.domainFields = domainFields.map((name) => fields.findIndex((field) => field.name === name));
  }

  /** The batch of these rows, grouped by domain; rows of one domain keep their order. `unknown`: ids that are replaced. */
  assemble(rows: Int32Array, unknown?: UnknownIds): HostBatch {
    const { schema, ids, labels, domains, weights } = this.input;
    const { distinct, plainFields, offsets, replaceable } = this;
    const fields = schema.fields.length;
    const { order, starts: domainStarts } = this.group(rows);
    const inverse = new Int32Array(order.length * fields);
    const bags = this.collector?.collect({ order, ids, unknown }, inverse, ++this.batches);
    distinct.begin();
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      const from = row * fields;
      for (let p = 0; p < plainFields.length; p++) {
        const f = plainFields[p]!;
        const replaced = unknown !== undefined && replaceable[p] && isReplaced(unknown, row, f);
        inverse[i * fields + f] = distinct.place(offsets[p]! + (replaced ? 0 : ids[from + f]!));
      }
    }
    const elements = bags?.elements.map((id) => distinct.place(id));
    this.collector?.shift(inverse, distinct.size);
    const domainIds = new Int32Array(domainStarts.length - 1);
    for (let g = 0; g < domainIds.length; g++) domainIds[g] = domains[order[domainStarts[g]!]!]!;
    return {
      rows: order.length,
      order,
      ...(labels && { labels: taken(labels, order) }),
      ...(weights && { weights: taken(weights, order) }),
      uniqueIds: distinct.ids(),
      inverse,
      ...(bags && { bags: { ...bags, elements: elements! } }),
      domainIds,
      domainStarts,
    };
  }

  /**
   * Rows by domain, ascending. Domain 0 gathers all combinations never seen; rows of different combinations have
   * different domain embeddings, so each gets a group of its own.
   */
  private group(rows: Int32Array): { order: Int32Array; starts: Int32Array } {
    const { domains, ids, schema } = this.input;
    const numbers = new Map<number | string, number>();
    const groups: { domain: number; smallest: number; rows: number; at: number }[] = [];
    const groupOf = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const domain = domains[row]!;
      const key = domain > 0 ? domain : this.domainFields.map((f) => ids[row * schema.fields.length + f]).join('/');
      let g = numbers.get(key);
      if (g === undefined) {
        numbers.set(key, (g = groups.length));
        groups.push({ domain, smallest: row, rows: 0, at: 0 });
      }
      const group = groups[g]!;
      group.rows++;
      if (row < group.smallest) group.smallest = row;
      groupOf[i] = g;
    }
    // Ties (several groups of domain 0) are settled by the smallest row, whatever order the rows came in.
    const sorted = [...groups].sort((a, b) => a.domain - b.domain || a.smallest - b.smallest);
    const starts = new Int32Array(groups.length + 1);
    sorted.forEach((group, g) => {
      group.at = starts[g]!;
      starts[g + 1] = group.at + group.rows;
    });
    const order = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) order[groups[groupOf[i]!]!.at++] = rows[i]!;
    return { order, starts };
  }
}

function taken(values: Float32Array, rows: Int32Array): Float32Array {
  const result = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) result[i] = values[rows[i]!]!;
  return result;
}
