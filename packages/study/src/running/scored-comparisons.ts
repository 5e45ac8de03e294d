import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScoredComparison, TrialResult } from '@mdctr/report';
import { hasFailed, type TrialOutcome } from './outcome.js';
import { slug, type StudyPlan } from './plan.js';
import { scoresFile } from './study-files.js';

/** A line of the results, and the file of its scores. */
interface ScoredLine extends TrialResult {
  readonly file: string;
}

/**
 * What a test over seeds and rows takes: for each line of the table but the baseline's, its scores and the baseline's on the
 * same backbone in the same setting, seed by seed. Scores are read when they are asked for.
 * @param labelsOf labels of the rows evaluated, by place of the setting.
 * @param folderOf folder of a trial.
 */
export function scoredComparisons(
  plan: StudyPlan,
  outcomes: ReadonlyMap<number, TrialOutcome>,
  labelsOf: (setting: number) => Float32Array,
  folderOf: (trial: StudyPlan['trials'][number]) => string,
): ScoredComparison[] {
  const lines = plan.trials.flatMap((trial) => {
    const outcome = outcomes.get(trial.index);
    if (!outcome || hasFailed(outcome)) return [];
    return outcome.lines.map((line): ScoredLine & { place: number } => ({
      ...line,
      place: trial.setting,
      file: join(folderOf(trial), scoresFile(line.variant && slug(line.variant))),
    }));
  });
  const groups = new Map<string, typeof lines>();
  for (const line of lines) {
    const key = JSON.stringify([line.setting, line.backbone, line.method]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((own): ScoredComparison[] => {
    const { setting, backbone, method, place } = own[0]!;
    if (plan.baseline === null || method === plan.baseline) return [];
    const baseline = groups.get(JSON.stringify([setting, backbone, plan.baseline])) ?? [];
    const pairs = own.flatMap(({ seed, file }) => {
      const other = baseline.find((line) => line.seed === seed);
      return other ? [[file, other.file] as const] : [];
    });
    return [
      {
        ...(setting !== undefined && { setting }),
        ...{ backbone, method, labels: labelsOf(place), seeds: pairs.length },
        *pairs() {
          for (const [file, other] of pairs) yield [readScores(file), readScores(other)] as const;
        },
      },
    ];
  });
}

function readScores(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
