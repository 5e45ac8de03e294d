import type { LabelledData } from '../baseline.js';
import { logit } from '../maths.js';
import { FOLDS, foldOf } from './folds.js';
import type { Grouping } from './grouping.js';

/** What the labels of a row's groups say of it. */
export interface TargetColumns {
  /** [N] logit of the smoothed mean label; of a list the mean over its elements. */
  readonly logits: Float32Array;
  /** [N] log(1 + training rows of the group); of a list the mean over its elements. */
  readonly counts: Float32Array;
}

/** The share of clicks of the training rows, all of them or those outside one fold, kept off 0 and 1 by half a row. */
export interface Priors {
  readonly all: number;
  /** [FOLDS] */
  readonly outside: Float64Array;
}

/** Clicks and training rows by fold, of the groups of a grouping: `fold * size + group`. */
interface Counts {
  readonly clicks: Float64Array;
  readonly rows: Float64Array;
}

export function priorsOf({ splits, labels }: LabelledData): Priors {
  const [clicks, rows] = [new Float64Array(FOLDS), new Float64Array(FOLDS)];
  for (const row of splits.train) {
    clicks[foldOf(row)]! += labels[row]!;
    rows[foldOf(row)]! += 1;
  }
  const sum = (list: Float64Array): number => list.reduce((total, one) => total + one, 0);
  const share = (clicked: number, of: number): number => {
    const half = 0.5 / Math.max(of, 1);
    return of === 0 ? 0.5 : Math.min(1 - half, Math.max(half, clicked / of));
  };
  const [allClicks, allRows] = [sum(clicks), sum(rows)];
  return {
    all: share(allClicks, allRows),
    outside: rows.map((count, fold) => share(allClicks - clicks[fold]!, allRows - count)),
  };
}

/**
 * Smoothed means of the labels by group: (clicks + smoothing x prior) / (rows + smoothing), as logits. A training row's means are made of
 * the rows of the other folds, so that its own label is in none of them; those of all other rows of all training rows. A group without
 * training rows has the prior.
 */
export function targetColumns(
  grouping: Grouping,
  data: LabelledData,
  { smoothing, priors = priorsOf(data) }: { readonly smoothing: number; readonly priors?: Priors },
): TargetColumns {
  const counts = countsOf(grouping, data);
  const whole = columnsOfFold(grouping, counts, { smoothing, prior: priors.all });
  const [logits, logCounts] = [new Float32Array(data.rows), new Float32Array(data.rows)];
  const write = (row: number, { logits: means, counts: sizes }: TargetColumns): void => {
    logits[row] = means[grouping.of[row]!]!;
    logCounts[row] = sizes[grouping.of[row]!]!;
  };
  for (let row = 0; row < data.rows; row++) write(row, whole);
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = columnsOfFold(grouping, counts, { smoothing, prior: priors.outside[fold]!, fold });
    for (const row of data.splits.train) if (foldOf(row) === fold) write(row, outside);
  }
  return { logits, counts: logCounts };
}

function countsOf({ size, of, lists }: Grouping, { splits, labels }: LabelledData): Counts {
  const counts = { clicks: new Float64Array(FOLDS * size), rows: new Float64Array(FOLDS * size) };
  for (const row of splits.train) {
    const [place, label] = [foldOf(row) * size, labels[row]!];
    const group = of[row]!;
    const [begin, end] = lists ? [lists.starts[group]!, lists.starts[group + 1]!] : [0, 1];
    for (let i = begin; i < end; i++) {
      const at = place + (lists ? lists.elements[i]! : group);
      counts.clicks[at]! += label;
      counts.rows[at]! += 1;
    }
  }
  return counts;
}

/** Columns by group, or by list, as rows of one fold see them; without a fold, as rows that are not trained on do. */
function columnsOfFold(
  { size, lists }: Grouping,
  { clicks, rows }: Counts,
  { smoothing, prior, fold }: { readonly smoothing: number; readonly prior: number; readonly fold?: number },
): TargetColumns {
  const [logits, counts] = [new Float32Array(size), new Float32Array(size)];
  for (let group = 0; group < size; group++) {
    let [clicked, all] = [0, 0];
    for (let other = 0; other < FOLDS; other++) {
      if (other === fold) continue;
      clicked += clicks[other * size + group]!;
      all += rows[other * size + group]!;
    }
    const shown = all + smoothing;
    logits[group] = logit(shown === 0 ? prior : clampShare((clicked + smoothing * prior) / shown));
    counts[group] = Math.log1p(all);
  }
  return lists ? meansOfLists(lists, { logits, counts }, logit(prior)) : { logits, counts };
}

/** Without smoothing a mean may be 0 or 1. */
const clampShare = (share: number): number => Math.min(1 - 1e-6, Math.max(1e-6, share));

/** Means over the elements of each list; an empty list has the prior. */
function meansOfLists(
  { starts, elements }: NonNullable<Grouping['lists']>,
  { logits, counts }: TargetColumns,
  prior: number,
): TargetColumns {
  const bags = starts.length - 1;
  const means = { logits: new Float32Array(bags), counts: new Float32Array(bags) };
  for (let bag = 0; bag < bags; bag++) {
    const length = starts[bag + 1]! - starts[bag]!;
    let [sum, size] = [0, 0];
    for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
      sum += logits[elements[i]!]!;
      size += counts[elements[i]!]!;
    }
    means.logits[bag] = length === 0 ? prior : sum / length;
    means.counts[bag] = length === 0 ? 0 : size / length;
  }
  return means;
}
