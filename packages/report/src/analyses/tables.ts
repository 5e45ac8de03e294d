import type { TextTable } from '../text/text-table.js';
import { ANALYSES, type Analyses, type AnalysisKey } from './list.js';

/** A table of one of the analyses. */
export interface AnalysisTable extends TextTable {
  readonly analysis: AnalysisKey;
}

/** The analyses as small tables below the main one. */
export function analysisTables({
  analyses = {},
  baseline,
}: {
  readonly analyses?: Analyses;
  readonly baseline: string | null;
}): AnalysisTable[] {
  return ANALYSES.flatMap(({ key, ...analysis }) => {
    const result = analyses[key];
    return result === undefined ? [] : analysis.tables(result, baseline).map((table) => ({ ...table, analysis: key }));
  });
}
