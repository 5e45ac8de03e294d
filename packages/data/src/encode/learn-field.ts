import { itemAt } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { DOMAIN, fieldColumn, listsTable } from '../database/tables.js';
import { type FieldSpec, hasVocabulary, isNumeric, targetMeanOf } from '../options/field-spec.js';
import { createDistinctValues, readNumbers } from './distinct-values.js';
import type { FeatureMap } from './feature-map.js';
import { createLists } from './lists.js';
import { learnEdges, learnNumeric } from './numbers.js';
import { learnPieces } from './piecewise.js';
import { learnTargetMean, restoreTargetMean } from './target-means/target-mean.js';
import type { TargetMeans } from './target-means/totals.js';
import { learnPartVocabulary, learnVocabulary, restoreVocabulary } from './vocabularies.js';

/** A field with what the training rows say of it. */
export interface LearnedField {
  readonly spec: FieldSpec;
  /** Value of each id from 1 on; empty where there is no vocabulary. */
  readonly vocabulary: readonly string[];
  /** Where the field's numbers are means of the label. */
  readonly means?: TargetMeans;
}

/** Learns what a field's encoding needs from the training rows, and makes the tables that `encode` reads. */
export async function learnField(loading: Loading, fields: readonly FieldSpec[], f: number): Promise<LearnedField> {
  const [column, spec] = [fieldColumn(f), itemAt(fields, f)];
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
      const learned = learnNumeric(await readNumbers(loading, column), encoding);
      return { spec: { ...spec, encoding: learned }, vocabulary: [] };
    }
    case 'piecewise': {
      const learned = learnPieces(await readNumbers(loading, column), encoding);
      return { spec: { ...spec, encoding: learned }, vocabulary: [] };
    }
    case 'targetMean': {
      const { encoding: learned, means } = await learnTargetMean(loading, fields, f, encoding);
      return { spec: { ...spec, encoding: learned }, vocabulary: [], means };
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
    const encoding = targetMeanOf(spec);
    if (encoding) await restoreTargetMean(loading, map.fields, f, encoding, map.targetMeans![f]!);
    if (hasVocabulary(spec)) await restoreVocabulary(loading, fieldColumn(f), itemAt(map.vocabularies, f));
  }
  await restoreVocabulary(loading, DOMAIN, map.schema.domains.slice(1));
}

/** The tables of fields whose cells are not ids themselves. */
async function createTables(loading: Loading, column: string, spec: FieldSpec): Promise<void> {
  if (isNumeric(spec) || spec.list) await createDistinctValues(loading, column, spec);
  if (spec.list) await createLists(loading, column, spec.list);
}
