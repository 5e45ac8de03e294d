import { firstOf } from '@mdctr/base';
import { cellColumns, decimals, formatStat, MISSING, type TextColumn } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { groupBy } from '../group-by.js';
import type { ChosenPair, LayerKey, OverlapAnalysis } from './types.js';

/** Rank correlations, and the pairs of the three chosen domains. */
export function overlapTables({ rows, chosen }: OverlapAnalysis): TextTable[] {
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
        cell: (line: readonly ChosenPair[]) => cell(firstOf(line)),
      })),
      ...[...new Set(chosen.map(pairOf))].map((pair) => ({
        heading: pair,
        cell: (line: readonly ChosenPair[]) => one(line, pair),
      })),
    ],
    groupBy(chosen, keyOf),
    [...new Set(said)],
  );
}

/** Whose layer a row is of; the name of the plugin's number only where there are several. */
const layerColumns = <Row extends LayerKey>(rows: readonly Row[]): TextColumn<Row>[] => [
  ...cellColumns(rows),
  ...(new Set(rows.map(({ name }) => name)).size > 1
    ? [{ heading: 'number', words: true, cell: (row: Row) => row.name }]
    : []),
  { heading: 'layer', words: true, cell: ({ layer }) => layer },
];

const namesOf = (rows: readonly LayerKey[]): string => [...new Set(rows.map(({ name }) => name))].join(', ');
