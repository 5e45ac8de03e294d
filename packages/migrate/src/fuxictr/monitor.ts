import type { Draft } from '../conversion-report.js';
import type { Setting, Settings } from './settings.js';

/** Their metrics by ours. */
const METRICS: Readonly<Record<string, string>> = {
  AUC: 'auc',
  logloss: 'logLoss',
  binary_crossentropy: 'logLoss',
  gAUC: 'gauc',
};

/** The metric that chooses the epoch, those that are reported, and the column that gAUC groups by. */
export function convertMonitor(settings: Settings, draft: Draft): void {
  const group = settings.take('group_id');
  const grouped = group !== undefined && group.value !== null;
  if (grouped) draft.keep(group, 'data.gaucBy', String(group.value), 'The metric gauc is their gAUC.');
  else if (group) draft.same(group, 'null: no groups.');
  convertMetrics(settings.take('metrics'), grouped, draft);
  const mode = settings.take('monitor_mode');
  const monitor = settings.take('monitor');
  const weights = weightsOf(monitor);
  const known = [...weights.keys()].filter((name) => METRICS[name] && (name !== 'gAUC' || grouped));
  const chosen = known[0] ?? 'AUC';
  const ours = METRICS[chosen]!;
  if (monitor) {
    if (weights.size === 1 && known.length === 1) draft.keep(monitor, 'training.selectBy', ours);
    else {
      const sum = [...weights].map(([name, weight]) => `${weight} ${name}`).join(' + ');
      const why =
        known.length === 0 ? 'There is no such metric here' : `The epoch is chosen by one metric here, not by ${sum}`;
      draft.change(monitor, `${why}: ${ours} is taken.`, 'training.selectBy', ours);
    }
  }
  if (!mode) return;
  const wanted = (ours === 'logLoss') === (weights.get(chosen) ?? 1) > 0 ? 'min' : 'max';
  if (mode.value === wanted) draft.same(mode, 'Each metric has its own direction here.');
  else draft.change(mode, `${String(mode.value)} of ${chosen} would keep the worst epoch; the best one is kept here.`);
}

/** Metric names and weights of `monitor`, AUC without it. */
function weightsOf(monitor: Setting | undefined): ReadonlyMap<string, number> {
  const { value } = monitor ?? {};
  if (typeof value === 'string') return new Map([[value, 1]]);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value as Record<string, number>));
  return new Map([['AUC', 1]]);
}

function convertMetrics(metrics: Setting | undefined, grouped: boolean, draft: Draft): void {
  if (!metrics) return;
  const names = (Array.isArray(metrics.value) ? metrics.value.flat() : [metrics.value]).map(String);
  const missing = names.filter((name) => !METRICS[name] || (name === 'gAUC' && !grouped));
  if (missing.length === 0) draft.same(metrics, 'All metrics are always computed here.');
  else draft.change(metrics, `All metrics are always computed here, but there is no ${missing.join(', ')}.`);
}
