import type { LabelledData } from '../baseline.js';
import type { Column } from './column.js';
import { kindsOf } from './field-kinds.js';
import type { Grouping } from './grouping.js';
import { groupingsOf } from './groupings.js';
import { priorsOf, targetColumns } from './target-columns.js';

/** Rows of the overall mean that each mean is mixed with, unless an option says otherwise. */
export const SMOOTHING = 10;

/** What rows are known by. */
export interface Features {
  /** Rows by value, by domain, by domain and value. */
  readonly groupings: readonly Grouping[];
  /** Fields of numbers as they are; none that is the same for all rows. */
  readonly numbers: readonly Column[];
}

export function featuresOf(data: LabelledData): Features {
  const kinds = kindsOf(data);
  const numbers = kinds.flatMap((kind) => (kind.kind === 'number' ? kind.columns : []));
  return {
    groupings: groupingsOf(data, kinds),
    numbers: numbers.filter(({ values }) => values.some((value) => value !== values[0])),
  };
}

/** Two columns for each grouping: the logits of its smoothed mean labels, and the logarithms of its rows. */
export function meanColumns(data: LabelledData, groupings: readonly Grouping[], smoothing = SMOOTHING): Column[] {
  const priors = priorsOf(data);
  return groupings.flatMap((grouping): Column[] => {
    const { logits, counts } = targetColumns(grouping, data, { smoothing, priors });
    return [
      { name: `${grouping.name} mean`, values: logits },
      { name: `${grouping.name} rows`, values: counts },
    ];
  });
}
