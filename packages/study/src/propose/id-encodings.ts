import { withEncodings, withoutEncodings, type Draft, type DraftColumn } from './draft.js';

/** From so many values on, a column's target means are tried. */
const MANY_VALUES = 20;

const vocabulary = { kind: 'vocabulary' };

/** A way to encode ids with many values. */
export interface IdEncoding {
  readonly words: string;
  change(draft: Draft): Draft;
}

/** The fields of many values, which are no numbers. */
export const manyValued = (columns: readonly DraftColumn[]): readonly DraftColumn[] =>
  columns.filter(({ use, kind, distinct }) => use === 'field' && kind !== 'numeric' && distinct >= MANY_VALUES);

/**
 * The ways to encode fields with many values, and the domain with them: by id, by target means (of the value, and of the value in the
 * domain), or both; where the draft has a time, by means of earlier rows too. None where no field has many values.
 */
export function idEncodings({ data }: Draft, columns: readonly DraftColumn[]): readonly IdEncoding[] {
  const many = manyValued(columns).map(({ name }) => name);
  if (many.length === 0) return [];
  const domain = [data.domain].flat();
  const withMeans = (mean: object, ids: boolean) => (draft: Draft) =>
    withEncodings(
      draft,
      new Map<string, unknown>([
        ...many.map((name) => [name, [...(ids ? [vocabulary] : []), mean, { ...mean, by: domain }]] as const),
        ...domain.map((name) => [name, [vocabulary, mean]] as const),
      ]),
    );
  const ofAll = { kind: 'targetMean' };
  const { by, column } = data.split;
  const earlier = by === 'time' ? { ...ofAll, time: column } : undefined;
  return [
    { words: 'ids and target means', change: withMeans(ofAll, true) },
    { words: 'target means alone', change: withMeans(ofAll, false) },
    ...(earlier
      ? [
          { words: 'ids and target means of earlier rows', change: withMeans(earlier, true) },
          { words: 'target means of earlier rows alone', change: withMeans(earlier, false) },
        ]
      : []),
    { words: 'ids', change: (draft) => withoutEncodings(draft, new Set([...many, ...domain])) },
  ];
}
