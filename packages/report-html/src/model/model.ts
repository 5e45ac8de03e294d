import { distinct, betweenDomains, overTime } from '@mdctr/report/figures';
import { ANALYSES, analyse, analysisOptionsOf, type Analyses, type CellKey, type StudyResults } from '@mdctr/report';
import { reliabilitiesOf } from './calibration.js';
import { costsOf } from './cost.js';
import { curvesOf } from './curves.js';
import { domainGainsOf, gainsOf } from './gains.js';
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
    analyses: entriesOf(results, analyses),
  };
}

/** What the figures of each analysis are drawn from; of those alone that have figures. */
function entriesOf(results: StudyResults, analyses: Analyses): ReportModel['analyses'] {
  const entries = ANALYSES.flatMap(({ key, figures }): [string, readonly CellKey[]][] => {
    const result = analyses[key];
    return figures && result !== undefined ? [[key, figures.entries(result, results)]] : [];
  });
  return Object.fromEntries(entries);
}
