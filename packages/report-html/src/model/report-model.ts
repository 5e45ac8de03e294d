import type { AnalysisKey, CellKey } from '@mdctr/report';
import type { Reliability } from './calibration.js';
import type { CostPoint } from './cost.js';
import type { Curve } from './curves.js';
import type { CellGain, DomainGain } from './gains.js';
import type { CellMatrix } from './matrices.js';
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
export interface ReportModel extends Entries {
  readonly backbones: readonly string[];
  readonly methods: readonly string[];
  /** Labels, in the order of the study; none for a study without. */
  readonly settings: readonly string[];
  readonly baseline: string | null;
  readonly split: string;
  /** Whether domain sizes are training rows. */
  readonly trainSizes: boolean;
  /** What the figures of each analysis are drawn from; entries are of one setting each. */
  readonly analyses: Readonly<Partial<Record<AnalysisKey, readonly CellKey[]>>>;
}
