import type { Analyses, AnalysisKey, CellKey, StudyResults } from '@mdctr/report';
import type { Figure, Section } from '../figures/figure.js';
import type { ReportModel } from '../model/report-model.js';

/** The figures of an analysis, found by its key. */
export interface AnalysisFigures {
  readonly key: AnalysisKey;
  /** Where they stand, and below them the analysis' tables. */
  readonly section: Section;
  /** What they are drawn from: JSON, a part of the page. None where the analysis has nothing to say. */
  entries(analyses: Analyses, results: StudyResults): readonly CellKey[];
  /** Drawn on the server and again in the browser; `model` may be the part of one setting. */
  figures(model: ReportModel): Figure[];
}

interface Definition<Key extends AnalysisKey, Entry extends CellKey> {
  readonly key: Key;
  readonly section: Section;
  entries(analysis: NonNullable<Analyses[Key]>, results: StudyResults): readonly Entry[];
  figures(model: ReportModel, entries: readonly Entry[]): Figure[];
}

/** Figures that are drawn from one kind of entries. */
export const defineFigures = <Key extends AnalysisKey, Entry extends CellKey>({
  key,
  section,
  entries,
  figures,
}: Definition<Key, Entry>): AnalysisFigures => ({
  key,
  section,
  entries: (analyses, results) => {
    const analysis = analyses[key];
    return analysis === undefined ? [] : entries(analysis, results);
  },
  figures: (model) => figures(model, (model.analyses[key] ?? []) as readonly Entry[]),
});
