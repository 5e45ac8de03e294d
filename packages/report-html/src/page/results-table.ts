import { formatCount, formatStat, type Stat, type StudyResults, type TableRow } from '@mdctr/report';
import { short, signed } from '../figures/style.js';
import { gainFacts } from '../model/gain-facts.js';
import { labelsOf } from '../model/settings.js';
import { html, type Html } from './html.js';

interface Column {
  readonly heading: string;
  /** Words are set flush left; the method names its line. */
  readonly words?: 'cell' | 'name';
  readonly title?: string;
  readonly text: (row: TableRow) => string;
  /** What the column is sorted by; null goes last. */
  readonly value: (row: TableRow) => number | string | null;
  /** Whether larger is better: the best value is bold, and comes first at the first click. */
  readonly better?: 'more' | 'less';
  /** Order of the first click where nothing is better. */
  readonly first?: 'descending';
}

const stat = (heading: string, key: 'auc' | 'gauc' | 'groupGauc' | 'logLoss', better: 'more' | 'less'): Column => ({
  heading,
  text: (row) => formatStat(row[key] ?? null),
  value: (row) => (row[key] as Stat | null | undefined)?.mean ?? null,
  better,
});

const count = (heading: string, value: (row: TableRow) => number, text = formatCount): Column => ({
  heading,
  text: (row) => text(value(row)),
  value,
});

/** A column of the gains' facts; undefined where no line has it. */
function factColumn(table: readonly TableRow[], heading: string, key: 'p' | 'pAdjusted' | 'verdict', title: string) {
  const value = ({ gain }: TableRow): number | string | null => (gain && gainFacts(gain)[key]) ?? null;
  const text = (row: TableRow): string => {
    const fact = value(row);
    return typeof fact === 'number' ? (fact < 0.0001 ? '< .0001' : short(fact)) : (fact ?? '—');
  };
  const words = key === 'verdict' ? { words: 'cell' as const } : {};
  return table.some((row) => value(row) !== null) ? [{ heading, title, text, value, ...words }] : [];
}

/** Sorted in the order of the study. */
function settingColumn(table: readonly TableRow[]): Column {
  const labels = labelsOf(table);
  return {
    heading: 'Setting',
    words: 'cell',
    text: ({ setting }) => setting ?? '—',
    value: ({ setting }) => (setting === undefined ? null : labels.indexOf(setting)),
  };
}

function columnsOf(table: readonly TableRow[]): Column[] {
  return [
    ...(table.some(({ setting }) => setting !== undefined) ? [settingColumn(table)] : []),
    { heading: 'Backbone', words: 'cell', text: (row) => row.backbone, value: (row) => row.backbone },
    { heading: 'Method', words: 'name', text: (row) => row.method, value: (row) => row.method },
    stat('AUC', 'auc', 'more'),
    stat('GAUC', 'gauc', 'more'),
    ...(table.some(({ groupGauc }) => groupGauc !== undefined) ? [stat('Group GAUC', 'groupGauc', 'more')] : []),
    stat('Log loss', 'logLoss', 'less'),
    {
      heading: 'AUC gain',
      text: ({ gain }) => gainText(gain),
      value: ({ gain }) => gain?.mean ?? null,
      first: 'descending',
    },
    ...factColumn(table, 'p', 'p', 'Two-sided, of the differences paired by seed'),
    ...factColumn(table, 'p adjusted', 'pAdjusted', 'Corrected for the number of comparisons'),
    ...factColumn(table, 'Verdict', 'verdict', 'What the comparison with the baseline comes to'),
    count('Parameters', (row) => row.parameters),
    count('FLOPs/row', (row) => row.flopsPerRow),
    count(
      'ms/step',
      (row) => row.stepMs,
      (ms) => ms.toFixed(1),
    ),
    ...(table.every(({ inferenceUs }) => typeof inferenceUs === 'number')
      ? [
          count(
            'µs/row',
            (row) => row.inferenceUs,
            (us) => us.toFixed(1),
          ),
        ]
      : []),
  ];
}

/** `+.0012 [+.0003, +.0021] (3/3) ↑`: mean, interval or else spread, seeds that gained, the verdict's mark. */
function gainText(gain: TableRow['gain']): string {
  if (!gain) return '—';
  const { interval, mark } = gainFacts(gain);
  const spread = gain.std === null ? '' : ` ± ${short(gain.std)}`;
  const range = interval ? ` [${signed(interval.low)}, ${signed(interval.high)}]` : spread;
  return `${signed(gain.mean)}${range} (${gain.wins}/${gain.n}) ${mark}`.trimEnd();
}

/** The study's table; its headings become buttons that sort it where there is a script. */
export function resultsTable({ study, table }: StudyResults): Html {
  const columns = columnsOf(table);
  const settings = table.some(({ setting }) => setting !== undefined);
  const bestOf = ({ better, value }: Column, { setting }: TableRow): number | null => {
    const values = table.filter((row) => row.setting === setting).map(value);
    const numbers = values.filter((one) => typeof one === 'number');
    if (!better || numbers.length === 0) return null;
    return better === 'more' ? Math.max(...numbers) : Math.min(...numbers);
  };
  const cell = (row: TableRow, column: Column): Html => {
    const value = column.value(row);
    const inner =
      value !== null && value === bestOf(column, row) ? html`<strong>${column.text(row)}</strong>` : column.text(row);
    const sort = html`data-sort="${value ?? ''}"`;
    if (column.words === 'name') return html`<th scope="row" ${sort}>${inner}</th>`;
    return html`<td ${sort}${column.words ? '' : html` class="number"`}>${inner}</td>`;
  };
  return html`<div class="scroll" role="region" aria-label="Table of results" tabindex="0">
    <table id="results-table">
      <caption>
        ${study}: one line for each ${settings ? 'setting, ' : ''}backbone and method; the best of a
        column${settings ? ' and setting' : ''} is bold.
      </caption>
      <thead>
        <tr>
          ${columns.map(
            ({ heading, title, better, first, words }) =>
              html`<th
                scope="col"
                data-first="${first ?? (better === 'more' ? 'descending' : 'ascending')}"
                ${words ? '' : html` class="number"`}${title ? html` title="${title}"` : ''}
              >
                ${heading}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${table.map(
          (row) =>
            html`<tr>
              ${columns.map((column) => cell(row, column))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
