import type { TextColumn } from './format.js';

/** A table as text, whatever it is printed as. */
export interface TextTable {
  readonly title: string;
  readonly head: readonly string[];
  /** Whether a column has words, set flush left, or numbers, set flush right. */
  readonly words: readonly boolean[];
  readonly body: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function tableOf<Row>(
  title: string,
  columns: readonly TextColumn<Row>[],
  rows: readonly Row[],
  notes: readonly string[],
): TextTable {
  return {
    title,
    head: columns.map(({ heading }) => heading),
    words: columns.map(({ words = false }) => words),
    body: rows.map((row) => columns.map(({ cell }) => cell(row))),
    notes,
  };
}
