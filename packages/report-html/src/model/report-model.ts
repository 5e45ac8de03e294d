import type { AnalysisKey, CellKey } from '@mdctr/report';
import type { CellMatrix, StudyOutline } from '@mdctr/report/figures';
import type { Reliability } from './calibration.js';
import type { CostPoint } from './cost.js';
import type { Curve } from './curves.js';
import type { CellGain, DomainGain } from './gains.js';
import type { SettingPoint } from './settings.js';
import type { SimilarityMap } from './similarity.js';

/** Lists of the model whose entries are of one setting each. */
interface Entries {
  readonly gains: readonly CellGain[];
  readonly domainGains: readonly DomainGain[];
  readonly curves: readonly Curve[];
  readonly overTime: readonly CellMatrix[];
  readonly betweenDomains: readonly CellMatrix[];
  readonly similarities: readonly SimilarityMap[];
  readonly costs: readonly CostPoint[];
  readonly reliabilities: readonly Reliability[];
  readonly settingPoints: readonly SettingPoint[];
}

/** The numbers of all figures; the page carries them as JSON, and its script draws from them again. */
export interface ReportModel extends StudyOutline, Entries {
  /** What the figures of each analysis are drawn from; entries are of one setting each. */
  readonly analyses: Readonly<Partial<Record<AnalysisKey, readonly CellKey[]>>>;
}
