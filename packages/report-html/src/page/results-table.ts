import { short, signed } from '@mdctr/report/figures';
import { formatCount } from '@mdctr/base';
import { COMPARISONS, MAIN_METRIC, shownIn, type Metric } from '@mdctr/metrics';
import { formatStat, mainGain, metricsIn, type Gain, type Stat, type StudyResults, type TableRow } from '@mdctr/report';
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
  readonly better?: 'higher' | 'lower';
  /** Order of the first click where nothing is better. */
  readonly first?: 'descending';
}

/** A column of a metric. */
const statColumn = (
  { label, decimals, better }: Pick<Metric, 'label' | 'decimals' | 'better'>,
  stat: (row: TableRow) => Stat | null,
): Column => ({
  heading: label.charAt(0).toUpperCase() + label.slice(1),
  text: (row) => formatStat(stat(row), decimals),
  value: (row) => stat(row)?.mean ?? null,
  ...(better && { better }),
});

const count = (heading: string, value: (row: TableRow) => number, text = formatCount): Column => ({
  heading,
  text: (row) => text(value(row)),
  value,
});

/** A column of the gains' facts; undefined where no line has it. */
function factColumn(table: readonly TableRow[], heading: string, key: 'p' | 'pAdjusted' | 'verdict', title: string) {
  const value = (row: TableRow): number | string | null => {
    const gain = mainGain(row);
    return (gain && gainFacts(gain)[key]) ?? null;
  };
  const text = (row: TableRow): string => {
    const fact = value(row);
    return typeof fact === 'number' ? (fact < 0.0001 ? '< .0001' : short(fact)) : (fact ?? '—');
  };
  const words = key === 'verdict' ? { words: 'cell' as const } : {};
  return table.some((row) => value(row) !== null) ? [{ heading, title, text, value, ...words }] : [];
}

/** Metrics of a comparison that some line has. */
const comparisonColumns = (table: readonly TableRow[]): Column[] =>
  shownIn(COMPARISONS, 'html')
    .filter(({ name }) => table.some(({ comparisons }) => comparisons[name]))
    .map((metric) => statColumn(metric, ({ comparisons }) => comparisons[metric.name] ?? null));

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
    ...metricsIn(table, 'html').map((metric) => statColumn(metric, ({ metrics }) => metrics[metric.name] ?? null)),
    {
      heading: `${MAIN_METRIC.label} gain`,
      text: (row) => gainText(mainGain(row)),
      value: (row) => mainGain(row)?.mean ?? null,
      first: 'descending',
    },
    ...comparisonColumns(table),
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
function gainText(gain: Gain | null): string {
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
    return better === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
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
                data-first="${first ?? (better === 'higher' ? 'descending' : 'ascending')}"
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
