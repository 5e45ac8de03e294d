import { reshape, slice, type Tensor } from '@mdctr/tensor';
import type { FeatureSchema } from '../features/feature-schema.js';

/** The embedded fields of a batch: one vector of width k for each row and field, in the order of the schema. */
export class EmbeddedFields {
  /** `joined` is [rows, F * k]. */
  constructor(
    private readonly joined: Tensor,
    readonly schema: FeatureSchema,
    /** Width of one field's embedding, k. */
    readonly dim: number,
  ) {}

  /** All fields concatenated: [rows, F * k]. */
  flat(): Tensor {
    return this.joined;
  }

  /** All fields stacked: [rows, F, k]. */
  fields(): Tensor {
    return reshape(this.joined, [-1, this.schema.fields.length, this.dim]);
  }

  /**
   * One field: [rows, k].
   * @throws RangeError if the schema has no field of that name.
   */
  field(name: string): Tensor {
    const index = this.schema.fields.findIndex((field) => field.name === name);
    if (index < 0) throw new RangeError(`The schema has no field "${name}".`);
    return slice(this.joined, [0, index * this.dim], [-1, this.dim]);
  }

  /** The fields of the rows `begin` to `begin + size`, the end excluded. */
  rows(begin: number, size: number): EmbeddedFields {
    return this.map((flat) => slice(flat, [begin, 0], [size, -1]));
  }

  /** Applies a function to the values: [rows, F * k] -> [rows, F * k]. */
  map(change: (flat: Tensor) => Tensor): EmbeddedFields {
    return new EmbeddedFields(change(this.joined), this.schema, this.dim);
  }
}
