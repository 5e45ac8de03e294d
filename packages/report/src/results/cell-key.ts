/** A backbone with a method in a setting: what a line of the table is of. */
export interface CellKey {
  /** Label of the setting; absent in a study without settings. */
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
}
