import type { Baseline } from './baseline.js';
import { lightgbm } from './lightgbm/index.js';
import { logistic } from './logistic/index.js';
import { smoothedMeans } from './smoothed-means/index.js';

/** Every baseline, in the order of documents. */
export const BASELINES: readonly Baseline<never>[] = [smoothedMeans, logistic, lightgbm];
