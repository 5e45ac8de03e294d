import { mainGain } from '../table/main-metric.js';
import type { StudyResults } from '../results/study.js';

/** What a reader must know of rolling splits: how many folds, and how far a test over them goes. */
export function foldsNotes({ data, settings = [], table }: StudyResults): string[] {
  const rolling = (settings.length > 0 ? settings : [{ label: undefined, data }]).filter((one) => one.data.folds);
  if (rolling.length === 0) return [];
  const counts = rolling.map(({ data: facts }) => facts.folds!.length);
  const alike = new Set(counts).size === 1 && rolling.length === Math.max(1, settings.length);
  const folds = alike ? String(counts[0]) : rolling.map(({ label }, i) => `${label} ${counts[i]}`).join(', ');
  const gains = table.flatMap((row) => mainGain(row) ?? []);
  const shown = gains.filter(({ verdict, rolling: one }) => one && isShown(verdict));
  const stay = shown.filter(({ verdict, rolling: one }) => one?.verdict === verdict).length;
  const corrected =
    shown.length === 0
      ? ''
      : ` By their corrected variance ${stay} of the ${shown.length} difference${shown.length === 1 ? '' : 's'} marked here ` +
        `${stay === 1 ? 'stays' : 'stay'} shown.`;
  return [
    `Rolling splits by time, folds: ${folds}. Pairs of one fold share rows, and so do the training rows of all folds, so that the ` +
      `tests over pairs of seed and fold are approximate (Nadeau and Bengio, 2003).${corrected}`,
  ];
}

const isShown = (verdict: string): boolean => verdict === 'better' || verdict === 'worse';
