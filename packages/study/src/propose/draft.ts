/** One field of a draft. */
export interface DraftField {
  readonly name: string;
  readonly encoding?: unknown;
  readonly [option: string]: unknown;
}

/** A trial config that is being proposed, as it would be written. */
export interface Draft {
  readonly name: string;
  readonly data: {
    readonly label: string;
    readonly domain: string | readonly string[];
    readonly fields?: readonly (string | DraftField)[];
    readonly split: { readonly by: string; readonly column?: string; readonly [option: string]: unknown };
    readonly [option: string]: unknown;
  };
  readonly embedding: { readonly dim: number; readonly initStd?: number };
  readonly backbone: { readonly name: string; readonly [option: string]: unknown };
  readonly plugins: readonly string[];
  readonly training: { readonly epochs: number; readonly batchSize: number; readonly [option: string]: unknown };
  readonly seed: number;
}

/** What is known of a column: as `describeFiles` found it. */
export interface DraftColumn {
  readonly name: string;
  readonly use: 'label' | 'domain' | 'split' | 'field' | 'exclude';
  readonly kind: string;
  readonly distinct: number;
}

/** What is known of the data that a draft is of. */
export interface DraftFacts {
  readonly columns: readonly DraftColumn[];
  readonly rows: number;
}

/** The draft with encodings of some fields; those that it did not name stand before the others. */
export function withEncodings(draft: Draft, encodings: ReadonlyMap<string, unknown>): Draft {
  const given = draft.data.fields ?? ['*'];
  const nameOf = (field: string | DraftField): string => (typeof field === 'string' ? field : field.name);
  const named = new Set(given.map(nameOf));
  const added = [...encodings].filter(([name]) => !named.has(name)).map(([name, encoding]) => ({ name, encoding }));
  const changed = given.map((field) => {
    const name = nameOf(field);
    if (!encodings.has(name)) return field;
    return { ...(typeof field === 'string' ? { name } : field), encoding: encodings.get(name) };
  });
  return { ...draft, data: { ...draft.data, fields: [...added, ...changed] } };
}

/** The draft with some fields encoded as they would be without a word: an entry that only said how is gone. */
export function withoutEncodings(draft: Draft, names: ReadonlySet<string>): Draft {
  const given = draft.data.fields ?? ['*'];
  const fields = given.flatMap((field): (string | DraftField)[] => {
    if (typeof field === 'string' || !names.has(field.name)) return [field];
    const { encoding: _, ...rest } = field;
    if (Object.keys(rest).length > 1) return [rest];
    return given.includes('*') ? [] : [field.name];
  });
  return { ...draft, data: { ...draft.data, fields } };
}

const isTargetMean = (encoding: unknown): boolean => (encoding as { kind?: string }).kind === 'targetMean';

/** Whether a field is encoded as a target mean, alone or among other encodings. */
export const hasTargetMeans = ({ data }: Draft): boolean =>
  (data.fields ?? []).some((field) => typeof field === 'object' && [field.encoding ?? []].flat().some(isTargetMean));

/** The draft with another smoothing of its target means. */
export function withSmoothing(draft: Draft, smoothing: number): Draft {
  const changed = (encoding: unknown): unknown =>
    isTargetMean(encoding) ? { ...(encoding as object), smoothing } : encoding;
  const fields = draft.data.fields?.map((field) =>
    typeof field === 'object' && Array.isArray(field.encoding)
      ? { ...field, encoding: field.encoding.map(changed) }
      : field,
  );
  return { ...draft, data: { ...draft.data, ...(fields && { fields }) } };
}

/** Changes options of the training. */
export const withTraining =
  (more: object) =>
  (draft: Draft): Draft => ({ ...draft, training: { ...draft.training, ...more } });

/** Changes the strength of L2 by frequency. */
export const withEmbeddingL2 = (l2ByFrequency: number): ((draft: Draft) => Draft) =>
  withTraining({ regularization: { embedding: { l2ByFrequency } } });
