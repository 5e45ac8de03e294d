import { aucDifference, foldAucDifference, type AucDifference } from '@mdctr/statistics';
import type { ScoredComparison } from '../analyses/analysis.js';

/** A difference in AUC with what each row has to do with it; of rolling splits the mean over folds. */
export const scoreDifference = (
  scores: Float32Array,
  baseline: Float32Array,
  { labels, folds }: Pick<ScoredComparison, 'labels'> & { readonly folds: ScoredComparison['folds'] | undefined },
): AucDifference =>
  folds ? foldAucDifference(scores, baseline, labels, folds) : aucDifference(scores, baseline, labels);
