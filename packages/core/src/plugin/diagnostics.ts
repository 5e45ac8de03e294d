/**
 * A matrix of numbers that reports draw as a heat map. It has one number for each domain and layer, or one for each pair
 * of domains at one layer.
 */
export interface DiagnosticMatrix {
  /** Short title, e.g. `share of cut neurons`. It must be the same in every epoch and at every layer. */
  readonly name: string;
  /** One sentence that explains how to read the numbers. */
  readonly meaning: string;
  /** Labels of domains. */
  readonly rows: readonly string[];
  readonly columnsAre: 'layers' | 'domains';
  /** Paths of layers, or labels of domains. */
  readonly columns: readonly string[];
  /** The layer that a matrix of pairs belongs to. */
  readonly layer?: string;
  /** [rows][columns]; null for a missing value. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Lowest and highest possible value. By default, the colours span the values that occur. */
  readonly range?: readonly [number, number];
}

/** Statistics of a trained plugin for its users, e.g. the sparsity it reached. All values are JSON. */
export interface Diagnostics {
  readonly [fact: string]: unknown;
  /** Matrices that reports draw as heat maps. */
  readonly matrices?: readonly DiagnosticMatrix[];
}
