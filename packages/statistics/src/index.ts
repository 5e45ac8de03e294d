export { bcaInterval, percentileInterval } from './bootstrap/intervals.js';
export { pairedBootstrap, type BootstrapOptions, type BootstrapResult } from './bootstrap/paired-bootstrap.js';
export type { ResamplingPlan } from './bootstrap/resample.js';
export { weightedAuc, weightedMean, type WeightedMetric } from './bootstrap/weighted-metrics.js';
export { benjaminiHochberg, holm } from './corrections.js';
export { normalCdf, normalCritical, normalQuantile, normalTwoSided } from './distributions/normal.js';
export { studentCritical, studentTwoSided } from './distributions/student-t.js';
export type { Interval } from './interval.js';
export { rankCorrelation } from './rank-correlation.js';
export {
  aucDifference,
  foldAucDifference,
  meanDifference,
  type AucDifference,
  type RowDifference,
} from './rows/difference.js';
export { gaucDifference } from './rows/gauc-difference.js';
export { placements, type Placements } from './rows/placements.js';
export { delongTest, rowTest, type RowOptions, type RowTest } from './rows/row-test.js';
export { seedsAndRowsTest, type SeedsAndRowsTest } from './rows/seeds-and-rows.js';
export { correctedTTest } from './seeds/corrected-t.js';
export { meanInterval, pairedTTest, type MeanEstimate, type TTest } from './seeds/paired-t.js';
export { signedRankTest, type SignedRankTest } from './seeds/signed-rank.js';
export { signTest, type SignTest } from './seeds/sign-test.js';
