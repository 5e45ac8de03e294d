import { itemAt } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { DOMAIN, fieldColumn, listsTable } from '../database/tables.js';
import { type FieldSpec, hasVocabulary, isNumeric } from '../options/field-spec.js';
import { createDistinctValues, readNumbers } from './distinct-values.js';
import type { FeatureMap } from './feature-map.js';
import { createLists } from './lists.js';
import { learnEdges, learnScale } from './numbers.js';
import { learnPartVocabulary, learnVocabulary, restoreVocabulary } from './vocabularies.js';

/** A field with what the training rows say of it. */
export interface LearnedField {
  readonly spec: FieldSpec;
  /** Value of each id from 1 on; empty where there is no vocabulary. */
  readonly vocabulary: readonly string[];
}

/** Learns what a field's encoding needs from the training rows, and makes the tables that `encode` reads. */
export async function learnField(loading: Loading, column: string, spec: FieldSpec): Promise<LearnedField> {
  await createTables(loading, column, spec);
  const { encoding, list, minFrequency = 1 } = spec;
  switch (encoding?.kind) {
    case undefined: {
      const vocabulary = list
        ? await learnPartVocabulary(loading, column, listsTable(column), minFrequency)
        : await learnVocabulary(loading, column, minFrequency);
      return { spec, vocabulary };
    }
    case 'quantiles': {
      const edges = learnEdges(await readNumbers(loading, column), encoding.buckets);
      return { spec: { ...spec, encoding: { ...encoding, edges } }, vocabulary: [] };
    }
    case 'numeric': {
      if (!encoding.standardise) break;
      const scale = learnScale(await readNumbers(loading, column), encoding.log);
      return { spec: { ...spec, encoding: { ...encoding, ...scale } }, vocabulary: [] };
    }
    case 'edges':
    case 'hash':
      break; // nothing to learn
  }
  return { spec, vocabulary: [] };
}

/** The tables that `encode` reads, for further rows. */
export async function restoreFields(loading: Loading, map: FeatureMap): Promise<void> {
  for (const [f, spec] of map.fields.entries()) {
    await createTables(loading, fieldColumn(f), spec);
    if (hasVocabulary(spec)) await restoreVocabulary(loading, fieldColumn(f), itemAt(map.vocabularies, f));
  }
  await restoreVocabulary(loading, DOMAIN, map.schema.domains.slice(1));
}

/** The tables of fields whose cells are not ids themselves. */
async function createTables(loading: Loading, column: string, spec: FieldSpec): Promise<void> {
  if (isNumeric(spec) || spec.list) await createDistinctValues(loading, column, spec);
  if (spec.list) await createLists(loading, column, spec.list);
}
