import { formatCount, formatStat, type Stat, type StudyResults, type TableRow } from '@mdctr/report';
import { short, signed } from '../figures/style.js';
import { gainFacts } from '../model/gain-facts.js';
import { html, type Html } from './html.js';

interface Column {
  readonly heading: string;
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
  return table.some((row) => value(row) !== null) ? [{ heading, title, text, value }] : [];
}

function columnsOf(table: readonly TableRow[]): Column[] {
  return [
    { heading: 'Backbone', text: (row) => row.backbone, value: (row) => row.backbone },
    { heading: 'Method', text: (row) => row.method, value: (row) => row.method },
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
  const best = columns.map(({ better, value }) => {
    const values = table.map(value).filter((one) => typeof one === 'number');
    if (!better || values.length === 0) return null;
    return better === 'more' ? Math.max(...values) : Math.min(...values);
  });
  const cell = (row: TableRow, column: Column, i: number): Html => {
    const value = column.value(row);
    const words = i < 2 || column.heading === 'Verdict';
    const inner = value !== null && value === best[i] ? html`<strong>${column.text(row)}</strong>` : column.text(row);
    const sort = html`data-sort="${value ?? ''}"`;
    if (i === 1) return html`<th scope="row" ${sort}>${inner}</th>`;
    return html`<td ${sort}${words ? '' : html` class="number"`}>${inner}</td>`;
  };
  return html`<div class="scroll" role="region" aria-label="Table of results" tabindex="0">
    <table id="results-table">
      <caption>
        ${study}: one line for each backbone and method; the best of a column is bold.
      </caption>
      <thead>
        <tr>
          ${columns.map(
            ({ heading, title, better, first }, i) =>
              html`<th
                scope="col"
                data-first="${first ?? (better === 'more' ? 'descending' : 'ascending')}"
                ${i < 2 ? '' : html` class="number"`}${title ? html` title="${title}"` : ''}
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
              ${columns.map((column, i) => cell(row, column, i))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
