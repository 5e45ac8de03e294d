import type { AnalysedStudy } from './analysed-study.js';
import type { Analysis, ScoredLine } from './analysis.js';
import { ANALYSES, type Analyses, type AnalysisKey } from './list.js';
import type { AnalysisOptions } from './options.js';

/**
 * What a study's results say beside the table, computed from the trials' details alone. Parts that there is nothing to
 * say of are absent.
 * @param options the section `analyses` of the study's config; what is not given has its default.
 */
export const analyse = (study: AnalysedStudy, options: Partial<AnalysisOptions> = {}): Analyses =>
  compute('trials', study, options);

/** The same from the scores of all trials, when the study has come to its end. */
export const analyseScores = (lines: readonly ScoredLine[], options: Partial<AnalysisOptions> = {}): Analyses =>
  compute('scores', lines, options);

/** Whether options ask for an analysis of the scores, which takes reading all of them. */
export const wantsScores = (options: Partial<AnalysisOptions> = {}): boolean =>
  ANALYSES.some((analysis) => analysis.from === 'scores' && optionOf(analysis, options) !== false);

function compute(from: Analysis['from'], source: unknown, options: Partial<AnalysisOptions>): Analyses {
  const found = ANALYSES.filter((analysis) => analysis.from === from).map((analysis) => {
    return [analysis.key, analysis.compute(source, optionOf(analysis, options))] as const;
  });
  return Object.fromEntries(found.filter(([, result]) => result !== undefined));
}

/** What options ask of an analysis for and results do not have. */
export const analysisWarnings = (study: AnalysedStudy, options: Partial<AnalysisOptions>): string[] =>
  ANALYSES.flatMap((analysis) => analysis.warnings?.(study, optionOf(analysis, options)) ?? []);

const optionOf = ({ key, option }: Analysis<AnalysisKey>, options: Partial<AnalysisOptions>): unknown =>
  options[key] ?? (option as { default?: unknown }).default;
