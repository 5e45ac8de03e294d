import { MdctrError } from '@mdctr/base';
import { resolve } from 'node:path';
import { columnFacts } from '../columns/column-facts.js';
import { columnNames } from '../columns/column-names.js';
import { guessKind, percent } from '../columns/guess-kind.js';
import { requireColumn } from '../columns/require-column.js';
import { type Loading, withLoading } from '../database/loading.js';
import type { Format } from '../formats/formats.js';
import { readInput } from '../read/read-input.js';
import { compareWithLabel } from './compare-with-label.js';
import { dataSection } from './data-section.js';
import { findDates } from './find-dates.js';
import { type DescribedColumn, guessDomains, guessLabel, guessTime, proposeUse } from './propose.js';

/** At most so many cells are looked at, and so many rows. */
const MOST_CELLS = 40_000_000;
const MOST_ROWS = 1_000_000;
export interface DescribeOptions {
  readonly files: readonly string[];
  readonly format?: Format | undefined;
  /** Named by the user; guessed where undefined. */
  readonly label?: string | undefined;
  readonly domain?: readonly string[] | undefined;
}

/** What files hold, and how they could be used. */
export interface Description {
  /** Rows that were looked at; `whole` if these are all. */
  readonly rows: number;
  readonly whole: boolean;
  readonly columns: readonly DescribedColumn[];
  readonly label: string | undefined;
  readonly domain: readonly string[];
  /** Further columns that could be the domain, the likeliest first. */
  readonly otherDomains: readonly string[];
  /**
   * The section `data` of a config, as it would be written, its files as they were named; absent without label or
   * domain.
   */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Looks at the columns of files and proposes how to use them.
 * @throws MdctrError MDCTR_DATA_... for what is wrong with files, columns or labels.
 */
export async function describeFiles(options: DescribeOptions): Promise<Description> {
  const files = options.files.map((file) => resolve(file));
  return withLoading('training', async (loading) => {
    const limit = (columns: number): number => Math.min(MOST_ROWS, Math.ceil(MOST_CELLS / columns));
    const { rows, whole } = await readInput(loading, { files, format: options.format, joins: [] }, { limit });
    const columns = await lookAtColumns(loading, options, rows);
    const label = options.label ?? guessLabel(columns)?.name;
    if (label !== undefined) await compareWithLabel(loading, columns, label);
    const time = guessTime(columns.filter(({ name }) => name !== label));
    const candidates = guessDomains(columns.filter(({ name, kind }) => name !== label && kind !== 'timestamp')).map(
      ({ name }) => name,
    );
    const domain = options.domain ?? candidates.slice(0, 1);
    markUses(columns, options, { label, domain, time });
    if (time) await findDates(loading, columns, time.name);
    proposeUse(columns, label, time !== undefined);
    refuseNoFields(columns, domain);
    const data =
      label === undefined || domain.length === 0
        ? undefined
        : dataSection(options, { columns, label, domain, time: time?.name });
    const otherDomains = candidates.filter((name) => !domain.includes(name));
    return { rows, whole, columns, label, domain, otherDomains, ...(data && { data }) };
  });
}

/** Facts and kinds of all columns, each of which is a field so far. */
async function lookAtColumns(
  loading: Loading,
  { label, domain = [] }: DescribeOptions,
  rows: number,
): Promise<DescribedColumn[]> {
  const names = await columnNames(loading);
  for (const name of [label, ...domain]) {
    if (name !== undefined) requireColumn(name, names, 'named on the command line');
  }
  const columns: DescribedColumn[] = [];
  for (const name of names) {
    const facts = await columnFacts(loading, name, rows);
    const { kind, reason } = guessKind(facts);
    columns.push({ ...facts, kind, reasons: [reason], use: 'field' });
  }
  return columns;
}

/** Marks the label, the domain and the time among the columns. */
function markUses(
  columns: readonly DescribedColumn[],
  named: DescribeOptions,
  {
    label,
    domain,
    time,
  }: {
    readonly label: string | undefined;
    readonly domain: readonly string[];
    readonly time: DescribedColumn | undefined;
  },
): void {
  const mark = (column: DescribedColumn, use: DescribedColumn['use'], reason: string): void => {
    column.use = use;
    column.reasons.push(reason);
  };
  for (const column of columns) {
    if (column.name === label) {
      mark(column, 'label', named.label === undefined ? 'guessed by name and values' : 'named');
    } else if (domain.includes(column.name)) {
      mark(column, 'domain', named.domain ? 'named' : 'guessed by name, sizes and click rates');
    } else if (column === time) mark(column, 'split', 'the latest rows validate and test');
  }
}

function refuseNoFields(columns: readonly DescribedColumn[], domain: readonly string[]): void {
  if (domain.length > 0 || columns.some(({ use }) => use === 'field')) return;
  throw new MdctrError('MDCTR_DATA_DESCRIBE', {
    what: 'No column is left that could be an input.',
    found: columns
      .map(({ name, kind, missing, rows }) => `${name} (${kind}, ${percent(missing / rows)} missing)`)
      .join(', '),
    hint: 'Check that these are the right files.',
  });
}
