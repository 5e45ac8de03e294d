import type { Bags, FeatureSchema } from '@mdctr/core';
import type { BagTable } from '../encode/bag-table.js';
import { replaceableFields, replacedElements, type UnknownIds } from './unknown-ids.js';

/** The rows of a batch. */
interface BatchRows {
  /** [B] numbers of the rows. */
  readonly order: Int32Array;
  /** [N * F] of all rows. */
  readonly ids: Int32Array;
  /** Elements that are replaced. */
  readonly unknown: UnknownIds | undefined;
}

/** A bag of a batch: one of its field's table, or a row's own where elements of it were replaced. */
interface BatchBag {
  readonly field: number;
  readonly bag: number;
  readonly elements?: Int32Array | undefined;
}

/** The bags of one batch in the fields that are pooled; `elements` are still rows of the joint table. */
export class BagCollector {
  private readonly fields: readonly number[];
  /** By pooled field: the batch in which a bag was last seen, and its number there. */
  private readonly stamps: readonly Int32Array[];
  private readonly places: readonly Int32Array[];
  /** By field: whether elements may be replaced by the id of unknown values. */
  private readonly replaceable: readonly boolean[];

  constructor(
    private readonly schema: FeatureSchema,
    private readonly tables: readonly (BagTable | undefined)[],
  ) {
    this.fields = schema.fields.flatMap(({ pooling }, f) => (pooling ? [f] : []));
    this.replaceable = replaceableFields(schema);
    const scratch = (f: number): Int32Array => new Int32Array(tables[f]!.starts.length - 1);
    this.stamps = this.fields.map(scratch);
    this.places = this.fields.map(scratch);
  }

  /**
   * Names each bag of the rows once, in the order they come in, field by field; writes their numbers to `inverse`.
   * @param mark tells this batch from all others.
   */
  collect({ order, ids, unknown }: BatchRows, inverse: Int32Array, mark: number): Bags {
    const { fields } = this.schema;
    const width = fields.length;
    const bags: BatchBag[] = [];
    const fieldStarts = new Int32Array(width + 1);
    let next = 0;
    fields.forEach((_, f) => {
      if (this.fields[next] === f) {
        const [stamp, place] = [this.stamps[next]!, this.places[next]!];
        next++;
        for (let i = 0; i < order.length; i++) {
          const bag = ids[order[i]! * width + f]!;
          const changed = unknown && this.replaced(f, bag, unknown, order[i]!);
          if (changed) {
            inverse[i * width + f] = bags.length;
            bags.push({ field: f, bag, elements: changed });
            continue;
          }
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
    return { ...this.contentsOf(bags), fieldStarts };
  }

  private contentsOf(bags: readonly BatchBag[]): Omit<Bags, 'fieldStarts'> {
    const { fields } = this.schema;
    const starts = new Int32Array(bags.length + 1);
    bags.forEach(({ field, bag }, s) => {
      const { starts: of } = this.tables[field]!;
      starts[s + 1] = starts[s]! + of[bag + 1]! - of[bag]!;
    });
    const elements = new Int32Array(starts[bags.length]!);
    const weights = new Float32Array(elements.length);
    bags.forEach(({ field, bag, elements: replaced }, s) => {
      const { offset, pooling } = fields[field]!;
      const table = this.tables[field]!;
      const begin = table.starts[bag]!;
      const length = starts[s + 1]! - starts[s]!;
      const weight = pooling === 'mean' ? 1 / length : 1;
      for (let j = 0; j < length; j++) {
        elements[starts[s]! + j] = offset + (replaced ? replaced[j]! : table.elements[begin + j]!);
        weights[starts[s]! + j] = table.weights?.[begin + j] ?? weight;
      }
    });
    return { elements, starts, weights };
  }

  private replaced(field: number, bag: number, unknown: UnknownIds, row: number): Int32Array | undefined {
    if (!this.replaceable[field]) return undefined;
    const { starts, elements } = this.tables[field]!;
    return replacedElements(elements.subarray(starts[bag], starts[bag + 1]), unknown, row, field);
  }

  /** Turns numbers of bags in `inverse` into places behind `first` distinct ids. */
  shift(inverse: Int32Array, first: number): void {
    const width = this.schema.fields.length;
    for (const f of this.fields) for (let at = f; at < inverse.length; at += width) inverse[at]! += first;
  }
}
