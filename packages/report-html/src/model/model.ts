import type { StudyResults } from '@mdctr/report';
import { reliabilitiesOf, type Reliability } from './calibration.js';
import { distinct } from './cells.js';
import { costsOf, type CostPoint } from './cost.js';
import { curvesOf, type Curve } from './curves.js';
import { domainGainsOf, gainsOf, type CellGain, type DomainGain } from './gains.js';
import { betweenDomains, overTime, type CellMatrix } from './matrices.js';

/** The numbers of all figures; the page carries them as JSON, and its script draws from them again. */
export interface ReportModel {
  readonly backbones: readonly string[];
  readonly methods: readonly string[];
  readonly baseline: string | null;
  readonly split: string;
  /** Whether domain sizes are training rows. */
  readonly trainSizes: boolean;
  readonly gains: readonly CellGain[];
  readonly domainGains: readonly DomainGain[];
  readonly curves: readonly Curve[];
  readonly overTime: readonly CellMatrix[];
  readonly betweenDomains: readonly CellMatrix[];
  readonly costs: readonly CostPoint[];
  readonly reliabilities: readonly Reliability[];
}

export function modelOf(results: StudyResults): ReportModel {
  const { table, baseline, split, data } = results;
  return {
    backbones: distinct(table.map(({ backbone }) => backbone)),
    methods: distinct(table.map(({ method }) => method)),
    baseline,
    split,
    trainSizes: data.domainSizes !== undefined,
    gains: gainsOf(results),
    domainGains: domainGainsOf(results),
    curves: curvesOf(results),
    overTime: overTime(results),
    betweenDomains: betweenDomains(results),
    costs: costsOf(results),
    reliabilities: reliabilitiesOf(results),
  };
}
