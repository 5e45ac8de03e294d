import type { AnalysisKey } from '@mdctr/report';
import type { Section } from '../figures/figure.js';
import type { AnalysisFigures } from './analysis-figures.js';
import { buckets } from './buckets/index.js';
import { overlap } from './overlap/index.js';
import { ownNetwork } from './own-network/index.js';
import { pluginStatistics } from './plugin-statistics/index.js';

/** The figures of every analysis that has some, in the order of the page. */
export const ANALYSIS_FIGURES: readonly AnalysisFigures[] = [buckets, ownNetwork, pluginStatistics, overlap];

/** Where the tables of an analysis stand: below its figures, or below the results. */
export const sectionOf = (analysis: AnalysisKey): Section =>
  ANALYSIS_FIGURES.find(({ key }) => key === analysis)?.section ?? 'results';
