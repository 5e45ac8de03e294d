import { MdctrError, nearest, itemAt } from '@mdctr/base';
import type { Loading } from '../database/loading.js';
import { literal } from '../database/sql.js';
import { INPUT_ROWS, KEPT_TRAINING_ROWS, ROW_ATTRIBUTES } from '../database/tables.js';
import type { DataOptions } from '../options/data-options.js';
import type { HoldOutOptions } from '../options/hold-out-options.js';
import type { SplitOptions } from '../options/split-options.js';
import { NO_SPLIT, sortKey } from './split-rows.js';

/**
 * Makes one domain a new one: all of its training rows but the first `trainRows`, and its validation rows, are taken
 * out of their splits, and so are the test rows of all other domains. To be called before anything is learned from the
 * training rows. The test rows do not depend on `trainRows`, and more training rows include those of fewer.
 * @param domain fields that make up the domain, for messages.
 * @returns warnings: fewer training rows than are to be kept are all kept, so that one study can run on several data
 * sets.
 * @throws MdctrError MDCTR_DATA_HOLD_OUT for a domain that is not there, and where no test row is of the domain.
 */
export async function holdOut(
  loading: Loading,
  { domain: named, trainRows, seed }: HoldOutOptions,
  { split, domain }: Pick<DataOptions, 'split'> & { readonly domain: readonly string[] },
): Promise<string[]> {
  const label = await domainOf(loading, named, domain);
  const isHeldOut = `mdctr_domain = ${literal(label)}`;
  const [counts] = await loading.database.rows(
    `SELECT count(*) FILTER (mdctr_split = 0 AND ${isHeldOut}), count(*) FILTER (mdctr_split = 2),
       count(*) FILTER (mdctr_split = 2 AND ${isHeldOut}) FROM ${ROW_ATTRIBUTES}`,
  );
  const [inTraining, tests, heldOutTests] = counts!.map(Number) as [number, number, number];
  if (heldOutTests === 0) throw nothingToTestOn(label, tests);
  const kept = trainRows === 'all' ? inTraining : Math.min(trainRows, inTraining);
  await loading.database.run(
    `CREATE TABLE ${KEPT_TRAINING_ROWS} AS SELECT a.mdctr_position FROM ${INPUT_ROWS} r POSITIONAL JOIN ${ROW_ATTRIBUTES} a
     WHERE a.mdctr_split = 0 AND a.${isHeldOut} ORDER BY ${orderOf(split, seed)}, a.mdctr_position LIMIT ${kept}`,
  );
  await loading.database.run(
    `UPDATE ${ROW_ATTRIBUTES} SET mdctr_split = ${NO_SPLIT} WHERE CASE mdctr_split
       WHEN 0 THEN ${isHeldOut} AND mdctr_position NOT IN (SELECT mdctr_position FROM ${KEPT_TRAINING_ROWS})
       WHEN 1 THEN ${isHeldOut} ELSE NOT (${isHeldOut}) END`,
  );
  await loading.database.run(`DROP TABLE ${KEPT_TRAINING_ROWS}`);
  if (trainRows === 'all' || trainRows <= inTraining) return [];
  return [
    `The domain "${label}" has ${inTraining} training rows, not the ${trainRows} that data.holdOut is to keep: all are kept.`,
  ];
}

/** Rows by time come as they were logged; others are drawn by a hash of seed and row, the same on every machine. */
function orderOf(split: SplitOptions, seed: number): string {
  return split.by === 'time' ? sortKey(split, '') : `md5(${literal(`hold out ${seed}/`)} || a.mdctr_input_row)`;
}

/** The label of the domain that is named, or has that rank by training rows. */
async function domainOf(loading: Loading, named: HoldOutOptions['domain'], domain: readonly string[]): Promise<string> {
  const found = await loading.database.rows(
    `SELECT mdctr_domain, count(*) FILTER (mdctr_split = 0) AS n FROM ${ROW_ATTRIBUTES} GROUP BY 1 ORDER BY n DESC, 1`,
  );
  const labels = found.map(([label]) => String(label));
  const trained = found.filter(([, rows]) => Number(rows) > 0).length;
  const what = `The data have no such domain (${domain.join(' x ')}) to hold out.`;
  if (typeof named === 'string') {
    if (labels.includes(named)) return named;
    const near = nearest(named, labels);
    throw new MdctrError('MDCTR_DATA_HOLD_OUT', {
      what,
      path: 'data.holdOut.domain',
      expected: `a label like ${labels.slice(0, 5).join(', ')}`,
      found: named,
      hint: near ? `Did you mean "${near}"?` : 'Name it by its rank: {"rank": 1} is the largest.',
    });
  }
  if (named.rank <= trained) return itemAt(labels, named.rank - 1);
  throw new MdctrError('MDCTR_DATA_HOLD_OUT', {
    what,
    path: 'data.holdOut.domain.rank',
    expected: `at most ${trained}, the domains among the training rows`,
    found: String(named.rank),
  });
}

function nothingToTestOn(label: string, tests: number): MdctrError {
  return new MdctrError('MDCTR_DATA_HOLD_OUT', {
    what: `The domain "${label}" is held out, and there is no test row of it to score.`,
    path: 'data.holdOut',
    expected: 'a test split with rows of the domain',
    found: tests === 0 ? 'no test split' : `${tests} test rows, all of other domains`,
    hint: tests === 0 ? 'Set data.split.test.' : 'Hold out another domain, or split otherwise.',
  });
}
