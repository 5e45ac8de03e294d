import { analyse, type Analyses, type AnalysisOptions, type StudyResults } from '@mdctr/report';
import { bucketGainsOf, type BucketGain } from './bucket-gains.js';
import { reliabilitiesOf, type Reliability } from './calibration.js';
import { distinct } from './cells.js';
import { costsOf, type CostPoint } from './cost.js';
import { curvesOf, type Curve } from './curves.js';
import { domainGainsOf, gainsOf, type CellGain, type DomainGain } from './gains.js';
import { betweenDomains, overTime, type CellMatrix } from './matrices.js';
import { ownGainsOf, type OwnGain } from './own-network.js';
import { realisedPointsOf, type RealisedPoint } from './realised.js';
import { labelsOf, settingPointsOf, type SettingPoint } from './settings.js';
import { overlapScattersOf, similarityMapsOf, type OverlapScatter, type SimilarityMap } from './similarity.js';

/** Lists of the model whose entries are of one setting each. */
interface Entries {
  readonly gains: readonly CellGain[];
  readonly domainGains: readonly DomainGain[];
  readonly bucketGains: readonly BucketGain[];
  readonly ownGains: readonly OwnGain[];
  readonly curves: readonly Curve[];
  readonly overTime: readonly CellMatrix[];
  readonly betweenDomains: readonly CellMatrix[];
  readonly similarities: readonly SimilarityMap[];
  readonly overlaps: readonly OverlapScatter[];
  readonly realised: readonly RealisedPoint[];
  readonly costs: readonly CostPoint[];
  readonly reliabilities: readonly Reliability[];
  readonly settingPoints: readonly SettingPoint[];
}

/** The numbers of all figures; the page carries them as JSON, and its script draws from them again. */
export interface ReportModel extends Entries {
  readonly backbones: readonly string[];
  readonly methods: readonly string[];
  /** Labels, in the order of the study; none for a study without. */
  readonly settings: readonly string[];
  readonly baseline: string | null;
  /** Label of the method with a network for each domain. */
  readonly ownNetwork: string | null;
  readonly split: string;
  /** Whether domain sizes are training rows. */
  readonly trainSizes: boolean;
}

/** The analyses that results carry; of results without, those that their config asks for. */
export function analysesOf(results: StudyResults): Analyses {
  const { analyses: options } = (results.config ?? {}) as { analyses?: Partial<AnalysisOptions> };
  return results.analyses ?? analyse(results, options);
}

export function modelOf(results: StudyResults, analyses = analysesOf(results)): ReportModel {
  const { table, baseline, split, data } = results;
  return {
    backbones: distinct(table.map(({ backbone }) => backbone)),
    methods: distinct(table.map(({ method }) => method)),
    settings: labelsOf(table),
    baseline,
    ownNetwork: analyses.ownNetwork?.method ?? null,
    split,
    trainSizes: data.domainSizes !== undefined,
    gains: gainsOf(results),
    domainGains: domainGainsOf(results),
    bucketGains: bucketGainsOf(analyses),
    ownGains: ownGainsOf(analyses),
    curves: curvesOf(results),
    overTime: overTime(results),
    betweenDomains: betweenDomains(results),
    similarities: similarityMapsOf(results),
    overlaps: overlapScattersOf(results, analyses),
    realised: realisedPointsOf(analyses, results),
    costs: costsOf(results),
    reliabilities: reliabilitiesOf(results),
    settingPoints: settingPointsOf(results),
  };
}
