export { calibrationBins, type CalibrationBin } from './calibration-bins.js';
export { evaluateScores, type DomainEvaluation, type Evaluation, type ScoredRows } from './evaluate.js';
export { findMetric, scoreBy, SELECTABLE, shownIn, signOf } from './find.js';
export { COMPARISONS, MAIN_METRIC, METRICS, type MetricName } from './list.js';
export type {
  Appearance,
  ComparisonMetric,
  EvaluatedRows,
  Metric,
  MetricValues,
  Need,
  Place,
  RowCounts,
} from './metric.js';
export { crossEntropy } from './metrics/log-loss.js';
export type { GroupAuc } from './ranking/group-auc.js';
export { groupRows, rowsOfGroup, type GroupedRows } from './ranking/group-rows.js';
export { rank, type Ranking } from './ranking/ranking.js';
export { rocAuc } from './ranking/roc-auc.js';
