import { baselineNotes } from '../baselines/notes.js';
import { failureGroups } from './failures.js';
import { MAIN_METRIC, type MetricValues } from '@mdctr/metrics';
import { metricsIn } from './format.js';
import { metricsText } from './metrics-text.js';
import { OVER_FOLDS, verdictsOf } from './verdicts.js';
import { ALPHA } from '../table/gains.js';
import { mainGain } from '../table/main-metric.js';
import type { DataFacts, SettingFacts } from '../results/data.js';
import type { Gain } from '../results/gain.js';
import type { StudyResults } from '../results/study.js';
import { foldsNotes } from './folds-notes.js';
import { trustNotes } from './trust-notes.js';

/** What a reader must know to trust the table. */
export function notesOf(results: StudyResults): string[] {
  const { table, baseline } = results;
  const settings = settingsOf(results).map(splitNote);
  const notes = settings.map((note, i) => (i < settings.length - 1 ? `${note}.` : note));
  notes[notes.length - 1] += `; ${seedsNote(results)}`;
  notes.push(...foldsNotes(results));
  notes.push(...settingsOf(results).flatMap(unevaluatedNote));
  const finished = results.trials.filter(({ variant }) => variant === undefined).length;
  if (finished < results.plannedTrials) {
    notes.push(`Unfinished: ${finished} of ${results.plannedTrials} trials are in.`);
  }
  if (results.baselines) notes.push(...baselineNotes(results.baselines));
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
  const { evaluationRows, trainRows, fields, domains, folds } = data;
  const which = folds ? `, in the last of ${folds.length} folds` : '';
  return (
    `${label === undefined ? 'Metrics' : `${label}: metrics`} of the ${split} split, ${evaluationRows} rows (trained on ${trainRows})${which}; ` +
    `${fields} fields, ${domains} domains`
  );
}

function unevaluatedNote({ label, split, data }: { label?: string; split: string; data: DataFacts }): string[] {
  const { domains, unevaluatedDomains: without = 0 } = data;
  if (without === 0) return [];
  const where = label === undefined ? '' : `${label}: `;
  return [`${where}${without} of ${domains} domains ${without === 1 ? 'has' : 'have'} no ${split} rows.`];
}

function seedsNote({ table, trials }: StudyResults): string {
  const seeds = Math.max(0, ...table.map((row) => row.seeds));
  if (trials.some(({ fold }) => fold !== undefined) && seeds > 1) {
    return `mean ± standard deviation over ${seeds} pairs of seed and fold.`;
  }
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

/** What the gains are, which marks the table has, and what they rest on. */
function legendOf(gains: readonly Gain[], baseline: string): string {
  const level = `${Math.round((1 - ALPHA) * 100)}%`;
  const tested = gains.some(({ interval }) => interval);
  const folds = gains.some(({ rolling }) => rolling);
  return (
    `${MAIN_METRIC.label} gain over "${baseline}" of the same backbone${folds ? ', seed and fold' : ' and seed'}${tested ? `, with its ${level} interval` : ''}: ` +
    `${verdictsOf(gains, folds ? OVER_FOLDS : undefined)}.`
  );
}
