import { failureGroups } from './failures.js';
import { MAIN_METRIC, METRICS, shownIn, type MetricValues } from '@mdctr/metrics';
import { decimals, metricsIn, MISSING, VERDICT_MARKS } from './format.js';
import { ALPHA, SEEDS_FOR_A_VERDICT } from './gains.js';
import { mainGain } from './main-metric.js';
import type { DataFacts, Gain, SettingFacts, StudyResults, Verdict } from './results.js';
import { trustNotes } from './trust-notes.js';

/** What a reader must know to trust the table. */
export function notesOf(results: StudyResults): string[] {
  const { table, baseline } = results;
  const settings = settingsOf(results).map(splitNote);
  const notes = settings.map((note, i) => (i < settings.length - 1 ? `${note}.` : note));
  notes[notes.length - 1] += `; ${seedsNote(results)}`;
  notes.push(...settingsOf(results).flatMap(unevaluatedNote));
  const finished = results.trials.filter(({ variant }) => variant === undefined).length;
  if (finished < results.plannedTrials) {
    notes.push(`Unfinished: ${finished} of ${results.plannedTrials} trials are in.`);
  }
  for (const { trials, reason } of failureGroups(results.failures ?? [])) notes.push(`Failed: ${trials}: ${reason}`);
  notes.push(...metricsIn(table, 'terminal').flatMap(({ note }) => note ?? []));
  notes.push(...trustNotes(results));
  const gains = table.flatMap((row) => mainGain(row) ?? []);
  if (baseline !== null && gains.length > 0) notes.push(legendOf(gains, baseline));
  for (const { label, data } of settingsOf(results)) {
    if (data.bestPossible) notes.push(bestPossibleNote(label, data.bestPossible));
  }
  return notes;
}

/** The settings; of a study without, one that has no label. */
function settingsOf({
  settings,
  split,
  selectedOnSplit,
  data,
}: StudyResults): (Omit<SettingFacts, 'label'> & { label?: string })[] {
  return settings && settings.length > 0 ? [...settings] : [{ split, selectedOnSplit, data }];
}

function splitNote({ label, split, data }: { label?: string; split: string; data: DataFacts }): string {
  const { evaluationRows, trainRows, fields, domains } = data;
  return (
    `${label === undefined ? 'Metrics' : `${label}: metrics`} of the ${split} split, ${evaluationRows} rows (trained on ${trainRows}); ` +
    `${fields} fields, ${domains} domains`
  );
}

function unevaluatedNote({ label, split, data }: { label?: string; split: string; data: DataFacts }): string[] {
  const { domains, unevaluatedDomains: without = 0 } = data;
  if (without === 0) return [];
  const where = label === undefined ? '' : `${label}: `;
  return [`${where}${without} of ${domains} domains ${without === 1 ? 'has' : 'have'} no ${split} rows.`];
}

function seedsNote({ table }: StudyResults): string {
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
  return seeds === 1
    ? 'one seed: no spread is known, and no gain is shown.'
    : `mean ± standard deviation over ${seeds} seeds.`;
}

function bestPossibleNote(label: string | undefined, best: MetricValues): string {
  return (
    `${label === undefined ? 'Best' : `${label}: best`} possible on these rows (the true probabilities): ` +
    `${metricsText(best)}.`
  );
}

/** `AUC .8123, domain AUC .7911, log loss .4000`: the metrics that tables have a column for, as far as they are there. */
export function metricsText(metrics: MetricValues): string {
  const shown = shownIn(METRICS, 'terminal').filter(({ name }) => metrics[name] !== undefined);
  const text = (value: number | null | undefined, digits: number): string =>
    typeof value === 'number' ? decimals(value, digits) : MISSING;
  return shown.map(({ name, label, decimals: digits }) => `${label} ${text(metrics[name], digits)}`).join(', ');
}

/** What the gains are, which marks the table has, and what they rest on. */
function legendOf(gains: readonly Gain[], baseline: string): string {
  const level = `${Math.round((1 - ALPHA) * 100)}%`;
  const tested = gains.some(({ interval }) => interval);
  return (
    `${MAIN_METRIC.label} gain over "${baseline}" of the same backbone and seed${tested ? `, with its ${level} interval` : ''}: ` +
    `${verdictsOf(gains)}.`
  );
}

/** What verdicts rest on, and what they are about. */
const OVER_SEEDS = { test: 'paired t-test over seeds', about: 'other seeds, not other rows' };

/** The marks that gains have, in words, and the test that they rest on. */
export function verdictsOf(
  gains: readonly Pick<Gain, 'verdict' | 'comparisons'>[],
  { test, about } = OVER_SEEDS,
): string {
  const marks = (Object.keys(VERDICT_MARKS) as Verdict[]).filter((one) => gains.some(({ verdict }) => verdict === one));
  const { comparisons } = gains[0]!;
  const basis = marks.some((verdict) => verdict !== 'too few seeds')
    ? `${test} at ${Math.round(ALPHA * 100)}%, by Holm for ${comparisons} comparison${comparisons === 1 ? '' : 's'}; ` +
      `about ${about}`
    : `a verdict takes ${SEEDS_FOR_A_VERDICT} that differ`;
  return `${marks.map((verdict) => `${VERDICT_MARKS[verdict]} ${verdict}`).join(', ')} (${basis})`;
}
