import { MdctrError, type SplitName } from '@mdctr/core';
import type { Database } from './database.js';
import { sharedFloat32, sharedInt32, type EncodedData } from './encoded-data.js';
import type { FeatureMap } from './feature-map.js';
import { TYPED } from './typed-table.js';

/** Turns the typed table into ids. */
export async function encode(database: Database, featureMap: FeatureMap, labelled: boolean): Promise<EncodedData> {
  const { schema, vocabularies } = featureMap;
  const rows = Number((await database.rows(`SELECT count(*) FROM ${TYPED}`))[0]![0]);
  const fields = schema.fields.length;
  const ids = sharedInt32(rows * fields);
  for (const [f, vocabulary] of vocabularies.entries()) {
    await lookUp(database, `f${f}`, vocabulary, (id, row) => (ids[row * fields + f] = id));
  }
  const domains = sharedInt32(rows);
  await lookUp(database, 'domain', schema.domains.slice(1), (id, row) => (domains[row] = id));
  const splits = await readSplits(database, rows);
  if (!labelled) return { schema, rows, ids, domains, splits, featureMap };
  const labels = sharedFloat32(rows);
  await database.column<number>(`SELECT label FROM ${TYPED} ORDER BY row`, (value, row) => (labels[row] = value));
  return { schema, rows, ids, labels, domains, splits, featureMap };
}

async function lookUp(
  database: Database,
  column: string,
  values: readonly string[],
  take: (id: number, row: number) => void,
) {
  await database.vocabularyTable('vocabulary', values);
  await database.column<number>(
    `SELECT coalesce(v.id, 0) FROM ${TYPED} t LEFT JOIN vocabulary v ON t.${column} = v.value ORDER BY t.row`,
    take,
  );
  await database.run('DROP TABLE vocabulary');
}

async function readSplits(database: Database, rows: number): Promise<Record<SplitName, Int32Array>> {
  const members: number[][] = [[], [], []];
  await database.column<number>(`SELECT split::INTEGER FROM ${TYPED} ORDER BY row`, (split, row) =>
    members[split]!.push(row),
  );
  const [train, validation, test] = members.map((list) => {
    const shared = sharedInt32(list.length);
    shared.set(list);
    return shared;
  }) as [Int32Array, Int32Array, Int32Array];
  if (train.length + validation.length + test.length !== rows) throw new Error('Splits do not add up to the rows.');
  return { train, validation, test };
}

/** @throws MdctrError MDCTR_DATA_TRAIN_EMPTY, MDCTR_DATA_ONE_CLASS if nothing can be learned from the training rows. */
export function requireLearnable({ splits, labels }: EncodedData): void {
  const clicks = splits.train.reduce((sum, row) => sum + labels![row]!, 0);
  if (splits.train.length === 0) {
    throw new MdctrError('MDCTR_DATA_TRAIN_EMPTY', {
      what: 'No row is left for training.',
      hint: 'Lower data.split.validation and data.split.test.',
    });
  }
  if (clicks === 0 || clicks === splits.train.length) {
    throw new MdctrError('MDCTR_DATA_ONE_CLASS', {
      what: `All ${splits.train.length} training rows have the label ${clicks === 0 ? 0 : 1}.`,
      expected: 'rows of both labels',
      hint: 'Check data.label and data.split.',
    });
  }
}
