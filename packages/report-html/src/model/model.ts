import { analyse, analysisOptionsOf, type Analyses, type StudyResults } from '@mdctr/report';
import { ANALYSIS_FIGURES } from '../analyses/list.js';
import { reliabilitiesOf } from './calibration.js';
import { distinct } from './cells.js';
import { costsOf } from './cost.js';
import { curvesOf } from './curves.js';
import { domainGainsOf, gainsOf } from './gains.js';
import { betweenDomains, overTime } from './matrices.js';
import type { ReportModel } from './report-model.js';
import { labelsOf, settingPointsOf } from './settings.js';
import { similarityMapsOf } from './similarity.js';

/** The analyses that results carry; of results without, those that their config asks for. */
export const analysesOf = (results: StudyResults): Analyses =>
  results.analyses ?? analyse(results, analysisOptionsOf(results.config));

export function modelOf(results: StudyResults, analyses = analysesOf(results)): ReportModel {
  const { table, baseline, split, data } = results;
  return {
    backbones: distinct(table.map(({ backbone }) => backbone)),
    methods: distinct(table.map(({ method }) => method)),
    settings: labelsOf(table),
    baseline,
    split,
    trainSizes: data.domainSizes !== undefined,
    gains: gainsOf(results),
    domainGains: domainGainsOf(results),
    curves: curvesOf(results),
    overTime: overTime(results),
    betweenDomains: betweenDomains(results),
    similarities: similarityMapsOf(results),
    costs: costsOf(results),
    reliabilities: reliabilitiesOf(results),
    settingPoints: settingPointsOf(results),
    analyses: Object.fromEntries(ANALYSIS_FIGURES.map(({ key, entries }) => [key, entries(analyses, results)])),
  };
}
