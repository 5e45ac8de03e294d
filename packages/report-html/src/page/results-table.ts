import { short, signed } from '@mdctr/report/figures';
import { formatCount } from '@mdctr/base';
import { COMPARISONS, MAIN_METRIC, shownIn, type Metric } from '@mdctr/metrics';
import {
  baselineGainOf,
  formatGain,
  formatLineStat,
  formatStat,
  isBaseline,
  linesOf,
  mainGain,
  MARK_MEANINGS,
  marksOf,
  metricsIn,
  type Gain,
  type StudyResults,
  type TableLine,
  type TableRow,
} from '@mdctr/report';
import { gainFacts } from '../model/gain-facts.js';
import { labelsOf } from '../model/settings.js';
import { html, type Html } from './html.js';

interface Column {
  readonly heading: string;
  /** Words are set flush left; the method names its line. */
  readonly words?: 'cell' | 'name';
  readonly title?: string;
  readonly text: (row: TableLine) => string;
  /** What the column is sorted by; null goes last. */
  readonly value: (row: TableLine) => number | string | null;
  /** Whether larger is better: the best value is bold, and comes first at the first click. */
  readonly better?: 'higher' | 'lower';
  /** Order of the first click where nothing is better. */
  readonly first?: 'descending';
}

/** What only networks have: empty for baselines, and last in their order. */
const ofNetworks = (
  column: Omit<Column, 'text' | 'value'> & {
    readonly text: (row: TableRow) => string;
    readonly value: (row: TableRow) => number | string | null;
  },
): Column => ({
  ...column,
  text: (line) => (isBaseline(line) ? '' : column.text(line)),
  value: (line) => (isBaseline(line) ? null : column.value(line)),
});

const capital = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** A column of a metric. */
const metricColumn = ({ name, label, decimals, better }: Metric): Column => ({
  heading: capital(label),
  text: (line) => formatLineStat(line, name, decimals),
  value: (line) => line.metrics[name]?.mean ?? null,
  ...(better && { better }),
});

const count = (heading: string, value: (row: TableRow) => number, text = formatCount): Column =>
  ofNetworks({ heading, text: (row) => text(value(row)), value });

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
  return table.some((row) => value(row) !== null) ? [ofNetworks({ heading, title, text, value, ...words })] : [];
}

/** Metrics of a comparison that some line has. */
const comparisonColumns = (table: readonly TableRow[]): Column[] =>
  shownIn(COMPARISONS, 'html')
    .filter(({ name }) => table.some(({ comparisons }) => comparisons[name]))
    .map(({ name, label, decimals, better }) =>
      ofNetworks({
        heading: capital(label),
        text: ({ comparisons }) => formatStat(comparisons[name] ?? null, decimals),
        value: ({ comparisons }) => comparisons[name]?.mean ?? null,
        better,
      }),
    );

/** Sorted in the order of the study. */
function settingColumn(table: readonly TableLine[]): Column {
  const labels = labelsOf(table);
  return {
    heading: 'Setting',
    words: 'cell',
    text: ({ setting }) => setting ?? '—',
    value: ({ setting }) => (setting === undefined ? null : labels.indexOf(setting)),
  };
}

function columnsOf(results: StudyResults): Column[] {
  const { table } = results;
  const lines = linesOf(results);
  return [
    ...(lines.some(({ setting }) => setting !== undefined) ? [settingColumn(lines)] : []),
    { heading: 'Backbone', words: 'cell', text: (row) => row.backbone, value: (row) => row.backbone },
    { heading: 'Method', words: 'name', text: (row) => row.method, value: (row) => row.method },
    ...metricsIn(lines, 'html').map(metricColumn),
    ofNetworks({
      heading: `${MAIN_METRIC.label} gain`,
      text: (row) => gainText(mainGain(row)),
      value: (row) => mainGain(row)?.mean ?? null,
      first: 'descending',
    }),
    ...(results.baselines?.gains ? [overBaseline(results)] : []),
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
    ...marksColumn(results, lines),
  ];
}

/** What lines must not be read without, where some line has such. */
function marksColumn(results: StudyResults, lines: readonly TableLine[]): Column[] {
  const text = (line: TableLine): string => marksOf(results, line).join(', ');
  if (!lines.some((line) => text(line) !== '')) return [];
  const title = Object.entries(MARK_MEANINGS)
    .map(([mark, meaning]) => `${mark}: ${meaning}`)
    .join('; ');
  return [{ heading: 'Marks', words: 'cell', title, text, value: (line) => text(line) || null }];
}

const overBaseline = (results: StudyResults): Column =>
  ofNetworks({
    heading: 'Over best baseline',
    title: `${MAIN_METRIC.label} minus that of the best baseline by the validation rows`,
    text: (row) => formatGain(baselineGainOf(results, row)),
    value: (row) => baselineGainOf(results, row)?.mean ?? null,
    first: 'descending',
  });

/** `+.0012 [+.0003, +.0021] (3/3) ↑`: mean, interval or else spread, seeds that gained, the verdict's mark. */
function gainText(gain: Gain | null): string {
  if (!gain) return '—';
  const { interval, mark } = gainFacts(gain);
  const spread = gain.std === null ? '' : ` ± ${short(gain.std)}`;
  const range = interval ? ` [${signed(interval.low)}, ${signed(interval.high)}]` : spread;
  return `${signed(gain.mean)}${range} (${gain.wins}/${gain.n}) ${mark}`.trimEnd();
}

/** The study's table; its headings become buttons that sort it where there is a script. */
export function resultsTable(results: StudyResults): Html {
  const { study } = results;
  const [columns, table] = [columnsOf(results), linesOf(results)];
  const settings = table.some(({ setting }) => setting !== undefined);
  const bestOf = ({ better, value }: Column, { setting }: TableLine): number | null => {
    const values = table.filter((row) => row.setting === setting).map(value);
    const numbers = values.filter((one) => typeof one === 'number');
    if (!better || numbers.length === 0) return null;
    return better === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
  };
  const cell = (row: TableLine, column: Column): Html => {
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
