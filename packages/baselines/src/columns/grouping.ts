import type { BagTable } from '@mdctr/data';

/** A way to put rows into groups by their values: one group a row, or several where the value is a list. */
export interface Grouping {
  /** Name of the field, `domain`, or `domain x FIELD`. */
  readonly name: string;
  /** Whether groups are of a domain and a value. */
  readonly crossed: boolean;
  /** Number of groups. */
  readonly size: number;
  /** [N] group of each row; of a list the number of its bag. */
  readonly of: Int32Array;
  /** Groups of each list. */
  readonly lists?: Pick<BagTable, 'starts' | 'elements'>;
}
