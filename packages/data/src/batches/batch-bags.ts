import type { Bags, FeatureSchema } from '@mdctr/core';
import type { BagTable } from '../encode/bag-table.js';

/** The bags of one batch in the fields that are pooled; `elements` are still rows of the joint table. */
export class BagCollector {
  private readonly fields: readonly number[];
  /** By pooled field: the batch in which a bag was last seen, and its number there. */
  private readonly stamps: readonly Int32Array[];
  private readonly places: readonly Int32Array[];

  constructor(
    private readonly schema: FeatureSchema,
    private readonly tables: readonly (BagTable | undefined)[],
  ) {
    this.fields = schema.fields.flatMap(({ pooling }, f) => (pooling ? [f] : []));
    const scratch = (f: number): Int32Array => new Int32Array(tables[f]!.starts.length - 1);
    this.stamps = this.fields.map(scratch);
    this.places = this.fields.map(scratch);
  }

  /**
   * Names each bag of the rows once, in the order they come in, field by field; writes their numbers to `inverse`.
   * @param mark tells this batch from all others.
   */
  collect(order: Int32Array, ids: Int32Array, inverse: Int32Array, mark: number): Bags {
    const { fields } = this.schema;
    const width = fields.length;
    const bags: { readonly field: number; readonly bag: number }[] = [];
    const fieldStarts = new Int32Array(width + 1);
    let next = 0;
    fields.forEach((_, f) => {
      if (this.fields[next] === f) {
        const [stamp, place] = [this.stamps[next]!, this.places[next]!];
        next++;
        for (let i = 0; i < order.length; i++) {
          const bag = ids[order[i]! * width + f]!;
          if (stamp[bag] !== mark) {
            stamp[bag] = mark;
            place[bag] = bags.length;
            bags.push({ field: f, bag });
          }
          inverse[i * width + f] = place[bag]!;
        }
      }
      fieldStarts[f + 1] = bags.length;
    });
    const starts = new Int32Array(bags.length + 1);
    bags.forEach(({ field, bag }, s) => {
      const { starts: of } = this.tables[field]!;
      starts[s + 1] = starts[s]! + of[bag + 1]! - of[bag]!;
    });
    const elements = new Int32Array(starts[bags.length]!);
    const weights = new Float32Array(elements.length);
    bags.forEach(({ field, bag }, s) => {
      const { offset, pooling } = fields[field]!;
      const table = this.tables[field]!;
      const begin = table.starts[bag]!;
      const length = starts[s + 1]! - starts[s]!;
      const weight = pooling === 'mean' ? 1 / length : 1;
      for (let j = 0; j < length; j++) {
        elements[starts[s]! + j] = offset + table.elements[begin + j]!;
        weights[starts[s]! + j] = table.weights?.[begin + j] ?? weight;
      }
    });
    return { elements, starts, weights, fieldStarts };
  }

  /** Turns numbers of bags in `inverse` into places behind `first` distinct ids. */
  shift(inverse: Int32Array, first: number): void {
    const width = this.schema.fields.length;
    for (const f of this.fields) for (let at = f; at < inverse.length; at += width) inverse[at]! += first;
  }
}
