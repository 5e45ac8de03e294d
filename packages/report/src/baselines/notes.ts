import { MAIN_METRIC } from '@mdctr/metrics';
import type { BaselineGain, BaselineRow, BaselinesResult, BestBaseline } from '../results/baselines.js';
import type { CellKey } from '../results/cell-key.js';
import { ALPHA } from '../table/gains.js';
import { decimals, MISSING } from '../text/format.js';

/** What a reader must know of the lines of baselines, and whether networks beat the best of them. */
export function baselineNotes({ table, trials, lacking = [], best = [], gains = [] }: BaselinesResult): string[] {
  return [
    ...(table.length > 0 ? [whatTheyAre(table, trials)] : []),
    ...best.flatMap((one) => {
      const ofSetting = gains.filter(({ setting }) => setting === one.setting);
      return ofSetting.length > 0 ? [verdictNote(one, table, ofSetting)] : [];
    }),
    ...lacking.map(({ label, reason }) => `Baseline "${label}" is left out: ${reason}.`),
  ];
}

function whatTheyAre(table: readonly BaselineRow[], trials: BaselinesResult['trials']): string {
  const each = trials.some(({ fold }) => fold !== undefined) ? ' a fit' : ' a seed';
  const once = table.some(({ interval }) => interval);
  const fits = table.map((row) => `${nameOf(row, row.method)} ${secondsOf(row.seconds)}${row.seeds > 1 ? each : ''}`);
  return (
    `Lines without a backbone are baselines (fitted in: ${fits.join(', ')})` +
    (once ? `; one that no seed changes is fitted once, and its interval is DeLong's over rows.` : '.')
  );
}

function verdictNote(best: BestBaseline, table: readonly BaselineRow[], gains: readonly BaselineGain[]): string {
  const row = table.find(({ setting, method }) => setting === best.setting && method === best.label);
  const auc = row?.metrics[MAIN_METRIC.name];
  const named = (verdict: string): string[] =>
    gains.filter(({ gain }) => gain.verdict === verdict).map(({ backbone, method }) => `${backbone} + ${method}`);
  const [better, worse] = [named('better'), named('worse')];
  const where = best.setting === undefined ? '' : `${best.setting}: `;
  const seeds = gains.some(({ gain }) => gain.n > 1);
  return (
    `${where}${better.length} of ${gains.length} network${gains.length === 1 ? ' is' : 's are'} shown to beat the best baseline, ` +
    `"${best.label}" (${auc ? decimals(auc.mean) : MISSING})${better.length > 0 ? `: ${better.join(', ')}` : ''}; ` +
    `shown to lose: ${worse.length > 0 ? worse.join(', ') : 'none'} ` +
    `(best by validation ${best.chosenBy}; ${seeds ? 'test of Obuchowski and Rockette over seeds and rows' : "DeLong's test over rows"} ` +
    `at ${Math.round(ALPHA * 100)}%, by Holm).`
  );
}

const nameOf = ({ setting }: CellKey, label: string): string =>
  setting === undefined ? label : `${setting}: ${label}`;

const secondsOf = (seconds: number): string => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
