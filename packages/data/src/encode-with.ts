import { MdctrError, firstOf } from '@mdctr/base';
import { resolve } from 'node:path';
import { columnNames } from './columns/column-names.js';
import { withLoading } from './database/loading.js';
import { encode } from './encode/encode.js';
import type { EncodedData } from './encode/encoded-data.js';
import type { FeatureMap } from './encode/feature-map.js';
import { applyDomainRule } from './encode/learn-domains.js';
import { restoreFields } from './encode/learn-field.js';
import { readInput } from './read/read-input.js';
import { createRows } from './rows/create-rows.js';

/**
 * Encodes further rows as the training rows were; all of them are in the split `test`, in input order. Values and
 * domains never seen get id 0. The label column may be missing.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files or columns.
 */
export async function encodeWith(map: FeatureMap, files: readonly string[]): Promise<EncodedData> {
  return withLoading('scoring', async (loading) => {
    await readInput(loading, { joins: [], ...map.input, files: files.map((file) => resolve(file)) });
    const label = (await columnNames(loading)).includes(map.label) ? map.label : undefined;
    const created = createRows(loading, {
      fields: map.fields,
      domain: map.domainRule?.key ?? map.schema.domainFields,
      domainFeatures: map.schema.domainFields,
      label,
      split: undefined,
    });
    await created.catch((error: unknown) => {
      throw lacksColumn(error, firstOf(files));
    });
    await applyDomainRule(loading, map);
    await restoreFields(loading, map);
    return encode(loading, map, label !== undefined);
  });
}

/** Rows to score that lack a column: which file, and what it takes. */
function lacksColumn(error: unknown, file: string): unknown {
  if (!(error instanceof MdctrError) || error.code !== 'MDCTR_DATA_COLUMN') return error;
  const { hint = 'Add the column', ...details } = error.details;
  const needed = 'rows to score have the columns that the model was trained on, under the same names.';
  return new MdctrError(error.code, { ...details, at: { file }, hint: `${hint.replace(/\.$/, '')}: ${needed}` });
}
