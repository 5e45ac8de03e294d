import { itemAt } from '@mdctr/base';
import type { Loading } from '../../database/loading.js';
import { distinctTargetMeans, fieldColumn, ROWS_TO_ENCODE, targetNumbers } from '../../database/tables.js';
import type { FieldSpec, Scale, TargetMeanEncoding } from '../../options/field-spec.js';
import { partsOf } from '../../options/target-mean-parts.js';
import type { BagTable } from '../bag-table.js';
import { learnScale } from '../numbers.js';
import { sharedFloat32, sharedInt32 } from '../shared-arrays.js';
import { createMeans } from './means.js';
import { createOccurrences } from './occurrences.js';
import { learnTotals, restoreTotals, type TargetMeans } from './totals.js';

/** Learns a target mean from the training rows, and makes the tables that `encodeTargetMean` reads. */
export async function learnTargetMean(
  loading: Loading,
  fields: readonly FieldSpec[],
  f: number,
  encoding: TargetMeanEncoding,
): Promise<{ readonly encoding: TargetMeanEncoding; readonly means: TargetMeans }> {
  const column = fieldColumn(f);
  const parts = partsOf(fields, f).length;
  await createOccurrences(loading, fields, f, encoding);
  const means = await learnTotals(loading, column, parts, ROWS_TO_ENCODE);
  await createMeans(loading, column, parts, encoding);
  const { logits, counts, rows } = await readMeans(loading, column);
  const scales = { logit: learnScale({ values: logits, rows }), count: learnScale({ values: counts, rows }) };
  return { encoding: { ...encoding, scales }, means };
}

/** The same tables for further rows. */
export async function restoreTargetMean(
  loading: Loading,
  fields: readonly FieldSpec[],
  f: number,
  encoding: TargetMeanEncoding,
  means: TargetMeans,
): Promise<void> {
  const column = fieldColumn(f);
  const parts = partsOf(fields, f).length;
  await createOccurrences(loading, fields, f, encoding);
  await restoreTotals(loading, column, parts, means);
  const { time: _, ...ofAllRows } = encoding;
  await createMeans(loading, column, parts, ofAllRows);
}

const UNSCALED: Scale = { mean: 0, deviation: 1 };

/**
 * A bag for each distinct target mean, of two numbers: the logit of the mean, and log(1 + n) for the n rows that it is of, both
 * standardised by the training rows. Bag 0, of empty lists, is empty. Writes the numbers of the rows' bags to `ids`.
 */
export async function encodeTargetMean(
  loading: Loading,
  f: number,
  { scales: { logit, count } = { logit: UNSCALED, count: UNSCALED } }: TargetMeanEncoding,
  ids: Int32Array,
  width: number,
): Promise<BagTable> {
  const column = fieldColumn(f);
  const { logits, counts } = await readMeans(loading, column);
  const bags = logits.length;
  const table = {
    starts: sharedInt32(bags + 1),
    elements: sharedInt32(2 * (bags - 1)),
    weights: sharedFloat32(2 * (bags - 1)),
  };
  for (let bag = 1; bag < bags; bag++) {
    const at = 2 * (bag - 1);
    table.starts[bag + 1] = at + 2;
    table.elements.set([1, 2], at);
    table.weights.set(
      [(itemAt(logits, bag) - logit.mean) / logit.deviation, (itemAt(counts, bag) - count.mean) / count.deviation],
      at,
    );
  }
  for (let at = f; at < ids.length; at += width) ids[at] = 0;
  await loading.database.numbers(
    `SELECT t.row::INTEGER, d.id FROM ${targetNumbers(column)} t JOIN ${distinctTargetMeans(column)} d ON d.mean = t.mean AND d.n = t.n`,
    (rows, found) => {
      for (let i = 0; i < rows.length; i++) ids[rows[i]! * width + f] = found[i]!;
    },
  );
  return table;
}

/** Without smoothing a mean may be 0 or 1, whose logits are infinite. */
const LEAST_MEAN = 1e-6;

/** The distinct means by id, [ids + 1], NaN for id 0: their logits, the logarithms of their rows, and training rows of each. */
async function readMeans(
  { database }: Loading,
  column: string,
): Promise<{ readonly logits: Float64Array; readonly counts: Float64Array; readonly rows: Float64Array }> {
  const table = distinctTargetMeans(column);
  const count = (await database.number(`SELECT count(*) FROM ${table}`)) + 1;
  const empty = (): Float64Array => new Float64Array(count).fill(NaN);
  const found = { logits: empty(), counts: empty(), rows: empty() };
  await database.numbers(`SELECT id, mean, n, rows::DOUBLE FROM ${table}`, (ids, means, ns, rows) => {
    for (let i = 0; i < ids.length; i++) {
      const mean = Math.min(1 - LEAST_MEAN, Math.max(LEAST_MEAN, means[i]!));
      found.logits[ids[i]!] = Math.log(mean / (1 - mean));
      found.counts[ids[i]!] = Math.log1p(ns[i]!);
      found.rows[ids[i]!] = rows[i]!;
    }
  });
  return found;
}
