/**
 * Numbers by domain that a report draws as a heat map, whichever plugin they come from. Two kinds: a number for each domain
 * and layer, or one for each pair of domains at one layer.
 */
export interface DiagnosticMatrix {
  /** What the numbers are, in a few words: `share of cut neurons`. The same in every epoch and at every layer. */
  readonly name: string;
  /** One sentence on how to read them. */
  readonly meaning: string;
  /** Labels of domains. */
  readonly rows: readonly string[];
  readonly columnsAre: 'layers' | 'domains';
  /** Paths of layers, or labels of domains. */
  readonly columns: readonly string[];
  /** The layer that a matrix of pairs belongs to. */
  readonly layer?: string;
  /** [rows][columns]; null where there is nothing to say. */
  readonly values: readonly (readonly (number | null)[])[];
  /** The lowest and the highest value there can be; without it the colours go from the lowest to the highest there is. */
  readonly range?: readonly [number, number];
}

/** Facts about a trained plugin that users should see, e.g. the sparsity that came about; JSON values. */
export interface Diagnostics {
  readonly [fact: string]: unknown;
  /** What reports draw. */
  readonly matrices?: readonly DiagnosticMatrix[];
}
