import { cellColumns, decimals, formatCount, formatGain, formatStat, MISSING, type Column } from '../format.js';
import { verdictsOf } from '../notes.js';
import type { StudyResults } from '../results.js';
import { tableOf, type TextTable } from '../text-table.js';
import type {
  Analyses,
  Bucket,
  BucketAnalysis,
  BucketRow,
  ChosenPair,
  LayerKey,
  OtherRowsRow,
  OverlapAnalysis,
  OwnNetworkAnalysis,
  RealisedRow,
} from './types.js';

/** A table of one of the analyses. */
export interface AnalysisTable extends TextTable {
  readonly analysis: keyof Analyses;
}

/** The analyses as small tables below the main one. */
export function analysisTables({
  analyses = {},
  baseline,
}: Pick<StudyResults, 'analyses' | 'baseline'>): AnalysisTable[] {
  const { buckets, ownNetwork, realised, overlap, otherRows = [] } = analyses;
  const of = (analysis: keyof Analyses, tables: TextTable[]) => tables.map((table) => ({ ...table, analysis }));
  return [
    ...of('otherRows', otherRows.length > 0 && baseline !== null ? [otherRowsTable(otherRows, baseline)] : []),
    ...of('buckets', buckets ? [bucketTable(buckets, baseline)] : []),
    ...of('ownNetwork', ownNetwork ? [ownNetworkTable(ownNetwork)] : []),
    ...of('realised', realised ? [realisedTable(realised)] : []),
    ...of('overlap', overlap ? overlapTables(overlap) : []),
  ];
}

function otherRowsTable(rows: readonly OtherRowsRow[], baseline: string): TextTable {
  return tableOf(
    'AUC gain, seeds and rows both taken as samples',
    [
      ...cellColumns(rows),
      { heading: 'AUC gain', cell: ({ gain }) => formatGain(gain) },
      { heading: 'error of seeds', cell: ({ seedError }) => decimals(seedError) },
      { heading: 'error of rows', cell: ({ rowError }) => decimals(rowError) },
    ],
    rows,
    [
      `Over "${baseline}": ${verdictsOf(
        rows.map(({ gain }) => gain),
        { test: 'test of Obuchowski and Rockette over seeds and rows', about: 'other seeds and other rows' },
      )}.`,
    ],
  );
}

/** A line a backbone and method, a column a bucket. */
function bucketTable({ buckets, rows }: BucketAnalysis, baseline: string | null): TextTable {
  const count = Math.max(...buckets.map(({ bucket }) => bucket));
  const keyOf = ({ setting, backbone, method }: BucketRow): string => JSON.stringify([setting, backbone, method]);
  const lines = groups(rows, keyOf);
  const at = (line: readonly BucketRow[], bucket: number): string => {
    const row = line.find((one) => one.bucket === bucket);
    if (!row) return MISSING;
    return row.gain ? formatGain(row.gain) : decimals(row.domainAuc.mean);
  };
  const columns: Column<readonly BucketRow[]>[] = [
    ...cellColumns(rows).map(({ cell, ...column }) => ({
      ...column,
      cell: (line: readonly BucketRow[]) => cell(line[0]!),
    })),
    ...Array.from({ length: count }, (_, i) => ({
      heading: i === 0 ? 'largest' : i === count - 1 ? 'smallest' : `bucket ${i + 1}`,
      cell: (line: readonly BucketRow[]) => at(line, i + 1),
    })),
  ];
  const gains = rows.flatMap(({ gain }) => gain ?? []);
  return tableOf('AUC inside domains, by buckets of domains of like size', columns, lines, [
    ...bucketNotes(buckets),
    gains.length > 0 && baseline !== null
      ? `AUC of "${baseline}", else gain over it: ${verdictsOf(gains)}.`
      : 'AUC inside domains, averaged by rows evaluated.',
  ]);
}

function bucketNotes(buckets: readonly Bucket[]): string[] {
  const range = ({ domains, omitted, largest, smallest }: Bucket): string =>
    `${domains.length}${omitted > 0 ? ` (and ${omitted} left out)` : ''} of ${smallest === largest ? '' : `${formatCount(smallest)} to `}${formatCount(largest)}`;
  const settings = [...new Set(buckets.map(({ setting }) => setting))];
  const notes = settings.map((setting) => {
    const own = buckets.filter((one) => one.setting === setting).map(range);
    return `${setting === undefined ? 'Domains' : `${setting}: domains`} by training rows: ${own.join('; ')}.`;
  });
  const omitted = buckets.some((bucket) => bucket.omitted > 0);
  return omitted ? [...notes, 'Left out are domains without an AUC in some trial: no clicks, or nothing else.'] : notes;
}

function ownNetworkTable({ method, rows }: OwnNetworkAnalysis): TextTable {
  const shown = (value: number | null): string => (value === null ? MISSING : String(value));
  return tableOf(
    `Domains against a network of their own ("${method}")`,
    [
      ...cellColumns(rows),
      { heading: 'domains', cell: (row) => String(row.domains) },
      { heading: 'below', cell: (row) => String(row.below) },
      { heading: 'shown below', cell: (row) => shown(row.shownBelow) },
      { heading: 'above', cell: (row) => String(row.above) },
      { heading: 'shown above', cell: (row) => shown(row.shownAbove) },
      { heading: 'mean gain', cell: (row) => formatGain(row.gain) },
    ],
    rows,
    [
      'Below: domains whose mean AUC over seeds is lower than that of their own network (negative transfer); shown: by a paired t-test ' +
        'over seeds, by Holm over all domains and methods.',
      `Mean gain over domains by rows evaluated: ${verdictsOf(rows.map(({ gain }) => gain))}.`,
    ],
  );
}

function realisedTable(rows: readonly RealisedRow[]): TextTable {
  return tableOf(
    'What plugins say, as one number',
    [
      ...cellColumns(rows),
      { heading: 'plugin', words: true, cell: ({ plugin }) => plugin },
      { heading: 'number', words: true, cell: ({ name }) => name },
      { heading: 'realised', cell: ({ value }) => formatStat(value) },
    ],
    rows,
    ['After the best epoch, on the validation rows: mean over domains by rows evaluated, then over layers.'],
  );
}

function overlapTables({ rows, chosen }: OverlapAnalysis): TextTable[] {
  const correlations = tableOf(
    `Rank correlation of ${namesOf(rows)} with the similarity of domains`,
    [
      ...layerColumns(rows),
      { heading: 'similarity', words: true, cell: ({ measure }) => measure },
      { heading: 'pairs', cell: ({ pairs }) => String(pairs) },
      { heading: 'rank correlation', cell: ({ correlation }) => formatStat(correlation) },
    ],
    rows,
    ['Spearman’s, over pairs of domains, of each seed; pairs share domains, so no p value is given.'],
  );
  return [...(rows.length > 0 ? [correlations] : []), ...(chosen.length > 0 ? [chosenTable(chosen)] : [])];
}

/** A line a layer, a column a pair: what the plugin says of it. How alike the pair is stands below. */
function chosenTable(chosen: readonly ChosenPair[]): TextTable {
  const keyOf = ({ setting, backbone, method, plugin, name, layer }: ChosenPair): string =>
    JSON.stringify([setting, backbone, method, plugin, name, layer]);
  const pairOf = ({ pair }: ChosenPair): string => pair.join(' and ');
  const one = (line: readonly ChosenPair[], pair: string): string =>
    formatStat(line.find((entry) => pairOf(entry) === pair)?.overlap ?? null);
  const said = chosen.map((entry) => {
    const numbers = Object.entries(entry.similarity).map(
      ([measure, value]) => `${measure} ${value === null ? MISSING : decimals(value)}`,
    );
    return `${entry.setting === undefined ? 'Similarity' : `${entry.setting}: similarity`} of ${pairOf(entry)}: ${numbers.join(', ')}.`;
  });
  return tableOf(
    `Three domains, two alike and one different: ${namesOf(chosen)}`,
    [
      ...layerColumns(chosen).map(({ cell, ...column }) => ({
        ...column,
        cell: (line: readonly ChosenPair[]) => cell(line[0]!),
      })),
      ...[...new Set(chosen.map(pairOf))].map((pair) => ({
        heading: pair,
        cell: (line: readonly ChosenPair[]) => one(line, pair),
      })),
    ],
    groups(chosen, keyOf),
    [...new Set(said)],
  );
}

/** Whose layer a row is of; the name of the plugin's number only where there are several. */
const layerColumns = <Row extends LayerKey>(rows: readonly Row[]): Column<Row>[] => [
  ...cellColumns(rows),
  ...(new Set(rows.map(({ name }) => name)).size > 1
    ? [{ heading: 'number', words: true, cell: (row: Row) => row.name }]
    : []),
  { heading: 'layer', words: true, cell: ({ layer }) => layer },
];

const namesOf = (rows: readonly LayerKey[]): string => [...new Set(rows.map(({ name }) => name))].join(', ');

function groups<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const group = found.get(keyOf(row));
    if (group) group.push(row);
    else found.set(keyOf(row), [row]);
  }
  return [...found.values()];
}
