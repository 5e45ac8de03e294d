import { cacheKey } from './cache/cache-key.js';
import { throughCache } from './cache/through-cache.js';
import { copiesWarnings } from './checks/find-copies.js';
import { refuseLeaks } from './checks/find-leaks.js';
import { randomSplitWarning } from './checks/find-time.js';
import { manyDomainsWarning } from './checks/many-domains.js';
import { requireLearnable } from './checks/require-learnable.js';
import { columnNames } from './columns/column-names.js';
import { type Loading, withLoading } from './database/loading.js';
import { encodeGroups } from './encode/encode-groups.js';
import { encodeWeights } from './encode/encode-weights.js';
import { encode } from './encode/encode.js';
import type { EncodedData } from './encode/encoded-data.js';
import { learnFeatureMap } from './encode/learn-feature-map.js';
import type { DataOptions } from './options/data-options.js';
import { fieldPath } from './options/field-path.js';
import type { LoadContext } from './options/load-context.js';
import { resolveFields } from './options/resolve-fields.js';
import { type Input, inputOf } from './read/input.js';
import { readInput, type ReadInput } from './read/read-input.js';
import { createRows } from './rows/create-rows.js';
import { ofRowsLeft } from './rows/filter-rows.js';
import { holdOut } from './rows/hold-out.js';
import { refuseFolds } from './rows/refuse-folds.js';
import { fillSynthetic } from './synthetic/table.js';

/**
 * Reads, splits and encodes a data set; vocabularies and domains come from the training rows alone. With
 * `context.cache`, what was encoded before from the same files with the same options is taken from there.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files, columns, labels or splits.
 */
export async function loadData(options: DataOptions, context: LoadContext = {}): Promise<EncodedData> {
  refuseFolds(options.split); // before anything is read
  const fromFiles = options.source.kind === 'files' || context.files !== undefined;
  const input = fromFiles ? inputOf(options, context) : undefined;
  return withLoading('training', (loading) => {
    const fresh = (): Promise<EncodedData> => loadFresh(loading, options, input);
    if (!input || !context.cache) return fresh();
    return throughCache(context.cache, () => cacheKey(loading, options, input), fresh);
  });
}

/**
 * The way of the rows, from their source to ids.
 * @param input undefined for synthetic rows.
 */
async function loadFresh(loading: Loading, options: DataOptions, input: Input | undefined): Promise<EncodedData> {
  // Read: every cell as text.
  const { fileStarts, persistent, oracle } = await readRows(loading, options, input);

  // Rows: typed, filtered, split, held out.
  const { split, where } = options;
  const fields = resolveFields(options, await columnNames(loading));
  const domain = [options.domain].flat();
  const pathOf = (field: string): string | undefined => fieldPath(options, field);
  await createRows(loading, { ...options, fields, domain, fileStarts, pathOf });
  const heldOut = options.holdOut ? await holdOut(loading, options.holdOut, { split, domain }) : [];

  // Encode: what is to be learned from the training rows, then ids of all rows.
  const learned = await learnFeatureMap(loading, { ...options, fields, domain });
  const data = await encode(loading, { ...learned, ...(persistent && { input: persistent }) }, true);
  requireLearnable(data);
  const { gaucBy } = options;
  const groups = gaucBy === undefined ? undefined : await encodeGroups(loading, gaucBy, data.rows);
  const { weight } = options;
  const weights = weight === undefined ? undefined : await encodeWeights(loading, weight, data.rows);
  const probabilities = oracle && where !== undefined ? await ofRowsLeft(loading, oracle) : oracle;

  // Checks: what is refused, and what a user should know.
  const warnings = [
    ...manyDomainsWarning(data),
    ...heldOut,
    // Synthetic rows are drawn independently, by a law that has no time.
    ...(input ? await splitWarnings(loading, options, input) : []),
    ...(await refuseLeaks(loading, data, options.label, options.allowLeak ?? [])),
  ];
  return {
    ...data,
    ...(probabilities && { oracle: probabilities }),
    ...(groups && { groups }),
    ...(weights && { weights }),
    warnings,
  };
}

/** Fills `INPUT_ROWS`. */
async function readRows(
  loading: Loading,
  { source }: DataOptions,
  input: Input | undefined,
): Promise<Pick<ReadInput, 'fileStarts' | 'persistent'> & { readonly oracle?: Float32Array }> {
  if (input) return readInput(loading, input);
  return source.kind === 'synthetic' ? { oracle: await fillSynthetic(loading, source) } : {};
}

/** What makes the split of rows from files less than fair. */
async function splitWarnings(
  loading: Loading,
  { split, label }: DataOptions,
  { fileColumn }: Input,
): Promise<string[]> {
  const random = (split.by === 'seed' || split.by === 'group') && split.validation + split.test > 0;
  return [...(random ? await randomSplitWarning(loading, label) : []), ...(await copiesWarnings(loading, fileColumn))];
}
