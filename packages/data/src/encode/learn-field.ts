import { createCells, readNumbers } from './distinct-values.js';
import type { Database } from '../database/database.js';
import { hasVocabulary, isNumeric, type FieldSpec } from '../options/field-spec.js';
import type { FeatureMap } from './feature-map.js';
import { createLists, listsTable } from './lists.js';
import { learnEdges, learnScale } from './numbers.js';
import type { Locate } from '../read/read-files.js';
import { learnPartVocabulary, learnVocabulary, restoreVocabulary } from './vocabulary-tables.js';

/** A field with what the training rows say of it. */
export interface LearnedField {
  readonly spec: FieldSpec;
  /** Value of each id from 1 on; empty where there is no vocabulary. */
  readonly vocabulary: readonly string[];
}

/** Learns what a field's encoding needs from the training rows, and makes the tables that `encode` reads. */
export async function learnField(
  database: Database,
  column: string,
  spec: FieldSpec,
  locate: Locate,
): Promise<LearnedField> {
  await createTables(database, column, spec, locate);
  const { encoding, list, minFrequency = 1 } = spec;
  switch (encoding?.kind) {
    case undefined: {
      const vocabulary = list
        ? await learnPartVocabulary(database, column, listsTable(column), minFrequency)
        : await learnVocabulary(database, column, minFrequency);
      return { spec, vocabulary };
    }
    case 'quantiles': {
      const edges = learnEdges(await readNumbers(database, column), encoding.buckets);
      return { spec: { ...spec, encoding: { ...encoding, edges } }, vocabulary: [] };
    }
    case 'numeric': {
      if (!encoding.standardise) break;
      const scale = learnScale(await readNumbers(database, column), encoding.log);
      return { spec: { ...spec, encoding: { ...encoding, ...scale } }, vocabulary: [] };
    }
  }
  return { spec, vocabulary: [] };
}

/** The tables that `encode` reads, for further rows. */
export async function restoreFields(database: Database, map: FeatureMap, locate: Locate): Promise<void> {
  for (const [i, spec] of map.fields.entries()) {
    await createTables(database, `f${i}`, spec, locate);
    if (hasVocabulary(spec)) await restoreVocabulary(database, `f${i}`, map.vocabularies[i]!);
  }
  await restoreVocabulary(database, 'domain', map.schema.domains.slice(1));
}

/** The tables of fields whose cells are not ids themselves. */
async function createTables(database: Database, column: string, spec: FieldSpec, locate: Locate): Promise<void> {
  if (isNumeric(spec) || spec.list) await createCells(database, column, spec, locate);
  if (spec.list) await createLists(database, column, spec.list);
}
