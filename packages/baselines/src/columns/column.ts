/** A number for each row. */
export interface Column {
  readonly name: string;
  /** [N] */
  readonly values: Float32Array;
}
