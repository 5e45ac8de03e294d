import type { CellKey } from '../results/cell-key.js';
import type { Figure, Section } from '../figures/figure.js';
import type { StudyOutline } from '../figures/study-outline.js';
import type { TabulatedStudy } from './analysed-study.js';

/** The figures of an analysis, all drawn from one kind of entries. */
export interface AnalysisFigures<Result = unknown, Entry extends CellKey = CellKey> {
  /** Where they stand in the page, and below them the analysis' tables. */
  readonly section: Section;
  /** What they are drawn from: JSON, a part of the page. */
  entries(result: Result, study: TabulatedStudy): readonly Entry[];
  /** Drawn on the server and again in the browser; the entries may be those of one setting. */
  draw(study: StudyOutline, entries: readonly Entry[]): Figure[];
}

/** Gives figures their type. What `draw` is given is what `entries` made. */
export const defineFigures = <Result, Entry extends CellKey>(
  figures: AnalysisFigures<Result, Entry>,
): AnalysisFigures<Result> => figures;
