import { analysisWarnings } from '../analyses/analyse.js';
import { analysisOptionsOf } from '../analyses/options.js';
import type { SettingFacts } from '../results/data.js';
import type { StudyResults } from '../results/study.js';
import type { TrialResult } from '../results/trial.js';
import { endedBest, MARK_MEANINGS, marksOf, type Mark } from '../table/marks.js';
import { sameRun } from '../table/runs.js';

/** What may make the table say more, or less, than it seems to. */
export function trustNotes(results: StudyResults): string[] {
  return [
    ...warnings(results),
    ...selection(results),
    ...unlikeBackbones(results.config),
    ...marks(results),
    ...testRows(results.trials),
    ...analysisWarnings(results, analysisOptionsOf(results.config)),
  ];
}

/** What all settings are warned of is said once. */
function warnings({ data, settings = [] }: StudyResults): string[] {
  if (settings.length === 0) return [...(data.warnings ?? [])];
  const texts = new Set(settings.flatMap((setting) => setting.data.warnings ?? []));
  return [...texts].map((text) => {
    const warned = settings.filter((setting) => setting.data.warnings?.includes(text)).map(({ label }) => label);
    return warned.length === settings.length ? text : `${warned.join(', ')}: ${text}`;
  });
}

function selection({ selectedOnSplit, settings = [] }: StudyResults): string[] {
  const chosen = settings.filter((setting: SettingFacts) => setting.selectedOnSplit).map(({ label }) => `"${label}"`);
  const some = chosen.length > 0 && chosen.length < settings.length;
  if (some)
    return [`${list(chosen)}: the best epoch was chosen on the split that is reported: figures are optimistic.`];
  const all = settings.length > 0 ? chosen.length > 0 : selectedOnSplit;
  return all ? ['The best epoch was chosen on this same split: figures are optimistic.'] : [];
}

/** A gain of one backbone over another says nothing of either where they differ in size as well. */
function unlikeBackbones(config: unknown): string[] {
  const { backbones = [] } = (config ?? {}) as { backbones?: readonly Readonly<Record<string, unknown>>[] };
  const keys = new Set(backbones.flatMap((one) => Object.keys(one).filter((key) => key !== 'name')));
  const unlike = [...keys].filter((key) => {
    const given = backbones.filter((one) => key in one).map((one) => JSON.stringify(one[key]));
    return new Set(given).size > 1;
  });
  if (unlike.length === 0) return [];
  const names = [
    ...new Set(backbones.filter((one) => unlike.some((key) => key in one)).map(({ name }) => String(name))),
  ];
  return names.length > 1
    ? [`${list(names)} differ in ${list(unlike)}: compare methods within a backbone.`]
    : [`The entries of ${names[0]} differ in ${list(unlike)}.`];
}

/** What the marks of the table say. */
function marks(results: StudyResults): string[] {
  const found = new Set(results.table.flatMap((line) => marksOf(results, line)));
  const legend = (Object.keys(MARK_MEANINGS) as Mark[]).filter((mark) => found.has(mark));
  return legend.map(
    (mark) => `"${mark}": ${MARK_MEANINGS[mark]}${mark === 'unfinished' ? share(results.trials) : ''}.`,
  );
}

/** How many trials were best at their end. */
function share(trials: readonly TrialResult[]): string {
  const own = trials.filter(({ variant }) => variant === undefined);
  return ` (${own.filter(endedBest).length} of ${own.length} trials)`;
}

/** Once for each line of a trial, its own and one a variant, is what a fair study takes. */
function testRows(trials: readonly TrialResult[]): string[] {
  const tested = trials.filter(({ variant, testPasses = 0 }) => variant === undefined && testPasses > 0);
  if (tested.length === 0) return [];
  const more = tested.filter((trial) => trial.testPasses > linesOf(trial, trials)).length;
  if (more > 0) return [`${more} of ${tested.length} trials went through the test rows more often than once a line.`];
  const variants = tested.some((trial) => linesOf(trial, trials) > 1);
  return [`The test rows were gone through once a ${variants ? 'line' : 'trial'}, after training.`];
}

function linesOf(trial: TrialResult, trials: readonly TrialResult[]): number {
  const { setting, backbone, method } = trial;
  const isVariant = (one: TrialResult): boolean =>
    one.variant !== undefined &&
    one.setting === setting &&
    one.backbone === backbone &&
    sameRun(one, trial) &&
    one.method === `${method} (${one.variant})`;
  return 1 + trials.filter(isVariant).length;
}

/** `a, b and c` */
const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
