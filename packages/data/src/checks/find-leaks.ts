import { MdctrError } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { ROWS_TO_ENCODE } from '../database/tables.js';
import type { EncodedData } from '../encode/encoded-data.js';
import { singleFieldAuc } from './single-field-auc.js';

/**
 * From here on a field is refused: no input tells a click so well, but the click itself, its negation or its outcome.
 */
export const LEAK_AUC = 0.95;
/** From here on it is warned about: single fields of real logs reach .7. */
export const SUSPICIOUS_AUC = 0.8;
/** At most about this many training rows are looked at, spread evenly. */
const SAMPLE = 400_000;

/** A field and how well it predicts the label alone. */
export interface FieldAuc {
  readonly field: string;
  readonly auc: number;
}

/**
 * Looks for fields that know the label, in the training rows. Those of `allowed` are left alone.
 * @returns a warning for each field that predicts the label suspiciously well.
 * @throws MdctrError MDCTR_DATA_LEAK for fields that predict it too well.
 */
export async function refuseLeaks(
  loading: Loading,
  data: EncodedData,
  label: string,
  allowed: readonly string[],
): Promise<string[]> {
  const found = (await fieldAucs(loading, data)).filter(({ field }) => !allowed.includes(field));
  const leaks = found.filter(({ auc }) => auc >= LEAK_AUC);
  if (leaks.length > 0) {
    const names = leaks.map(({ field }) => `"${field}"`).join(', ');
    throw new MdctrError('MDCTR_DATA_LEAK', {
      what: `${leaks.length === 1 ? 'A field predicts' : 'Fields predict'} the label "${label}" too well alone: ${names}.`,
      expected: `an AUC below ${LEAK_AUC} of any single field (means of its values, on rows held out)`,
      found: leaks.map(({ field, auc }) => `${field} ${auc.toFixed(3)}`).join(', '),
      hint: 'Is it the label itself, or an outcome of the same impression? Then list it under data.exclude. If it is known before the impression, insist with data.allowLeak.',
    });
  }
  const suspicious = found.filter(({ auc }) => auc >= SUSPICIOUS_AUC);
  // A column may be there once with each of its encodings.
  const isFurther = ({ field }: FieldAuc): boolean => suspicious.some((one) => field.startsWith(`${one.field}:`));
  return suspicious
    .filter((one) => !isFurther(one))
    .map(
      ({ field, auc }) =>
        `Field "${field}" alone predicts "${label}" with AUC ${auc.toFixed(3)}: is it an outcome? Then list it under data.exclude (data.allowLeak ends this warning).`,
    );
}

/** How well each field predicts the label alone: by the means of its values, and, for many numbers, by their size. */
export async function fieldAucs(
  loading: Loading,
  { schema, ids, bags, labels, splits }: EncodedData,
): Promise<FieldAuc[]> {
  const found: FieldAuc[] = [];
  const fields = schema.fields.length;
  const every = Math.ceil(splits.train.length / SAMPLE);
  const rows = every === 1 ? splits.train : splits.train.filter((_, i) => i % every === 0);
  for (const [column, { name, size }] of schema.fields.entries()) {
    const byMeans = singleFieldAuc({ ids, labels: labels! }, rows, { column, fields }) ?? 0.5;
    // Values that hardly come twice have no means, but may have an order, like seconds watched.
    const values = bags?.[column] ? bags[column].starts.length - 1 : size;
    const unique = values > 50 && values > splits.train.length / 20;
    const bySize = unique ? await numericAuc(loading, `f${column}`, every) : 0.5;
    found.push({ field: name, auc: Math.max(byMeans, bySize) });
  }
  return found;
}

/** AUC of a numeric column's order, in either direction; .5 where it is not mostly numbers. */
async function numericAuc(loading: Loading, column: string, every: number): Promise<number> {
  const [result] = await loading.database.rows(
    `WITH sample AS (SELECT TRY_CAST(${column} AS DOUBLE) AS score, label FROM ${ROWS_TO_ENCODE} WHERE split = 0 AND row % ${every} = 0),
     tied AS (SELECT score, sum(label) AS ones, count(*) - sum(label) AS zeros FROM sample WHERE score IS NOT NULL GROUP BY score),
     ranked AS (SELECT *, sum(zeros) OVER (ORDER BY score) - zeros AS below FROM tied)
     SELECT sum(ones * (below + zeros / 2)) / nullif(sum(ones) * sum(zeros), 0),
       sum(ones + zeros) / (SELECT count(*) FROM sample) FROM ranked`,
  );
  const [auc, share] = (result ?? []) as (number | null)[];
  return auc === null || auc === undefined || share! < 0.5 ? 0.5 : Math.max(auc, 1 - auc);
}
