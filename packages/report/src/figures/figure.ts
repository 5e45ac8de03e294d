import type { Palette } from './palette.js';

/** The numbers of a figure for those who do not see it, or want to take them along. */
export interface DataTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A part of the page. */
export type Section = 'results' | 'domains' | 'training' | 'plugins' | 'similarity' | 'cost' | 'calibration';

/** A figure of the report: the same function draws it on the server and in the browser. */
export interface Figure {
  /** Unique in the page; a part of file names. */
  readonly id: string;
  readonly section: Section;
  /** Figures of one kind: the page folds all but the first of many. */
  readonly group?: string;
  readonly title: string;
  readonly caption: string;
  /** Pixels, at a width. */
  height(width: number): number;
  /** An option of Apache ECharts, which is not loaded here. */
  option(width: number, palette: Palette): Readonly<Record<string, unknown>>;
  table(): DataTable;
}
