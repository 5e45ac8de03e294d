import type { Analysis } from './analysis.js';
import { buckets } from './buckets/index.js';
import { calibration } from './calibration/index.js';
import { activity } from './activity/index.js';
import { ensemble } from './ensemble/index.js';
import { overlap } from './overlap/index.js';
import { ownNetwork } from './own-network/index.js';
import { pluginStatistics } from './plugin-statistics/index.js';
import { seedsAndRows } from './seeds-and-rows/index.js';

const LIST = [seedsAndRows, activity, ensemble, buckets, ownNetwork, calibration, pluginStatistics, overlap] as const;

type Listed = (typeof LIST)[number];

/** Every analysis, in the order of its tables. */
export const ANALYSES: readonly Analysis<AnalysisKey>[] = LIST;

export type AnalysisKey = Listed['key'];

/** What the analyses of a study found; each is absent where it has nothing to say. */
export type Analyses = { readonly [A in Listed as A['key']]?: NonNullable<ReturnType<A['compute']>> };

/** Schemas of the options, by key. */
export type OptionSchemas = { readonly [A in Listed as A['key']]: A['option'] };
