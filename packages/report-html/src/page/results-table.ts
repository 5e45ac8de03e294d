import { formatCount, formatStat, type Stat, type StudyResults, type TableRow } from '@mdctr/report';
import { short, signed } from '../figures/style.js';
import { html, type Html } from './html.js';

/** What the gain of a line may say beside its mean. */
type Gain = NonNullable<TableRow['gain']> & { readonly p?: number; readonly pAdjusted?: number; readonly verdict?: string };

interface Column {
  readonly heading: string;
  readonly title?: string;
  readonly text: (row: TableRow) => string;
  /** What the column is sorted by; null goes last. */
  readonly value: (row: TableRow) => number | string | null;
  /** Whether larger is better, for the order of the first click and for the best value in bold. */
  readonly better?: 'more' | 'less';
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

function columnsOf(table: readonly TableRow[]): Column[] {
  const some = (key: 'p' | 'pAdjusted' | 'verdict'): boolean => table.some(({ gain }) => (gain as Gain | null)?.[key] !== undefined);
  const p = (heading: string, title: string, key: 'p' | 'pAdjusted'): Column => ({
    heading,
    title,
    text: ({ gain }) => ((gain as Gain | null)?.[key] === undefined ? '—' : pValue((gain as Gain)[key]!)),
    value: ({ gain }) => (gain as Gain | null)?.[key] ?? null,
  });
  return [
    { heading: 'Backbone', text: (row) => row.backbone, value: (row) => row.backbone },
    { heading: 'Method', text: (row) => row.method, value: (row) => row.method },
    stat('AUC', 'auc', 'more'),
    stat('GAUC', 'gauc', 'more'),
    ...(table.some(({ groupGauc }) => groupGauc !== undefined) ? [stat('Group GAUC', 'groupGauc', 'more')] : []),
    stat('Log loss', 'logLoss', 'less'),
    { heading: 'AUC gain', text: ({ gain }) => gainText(gain), value: ({ gain }) => gain?.mean ?? null, better: 'more' },
    ...(some('p') ? [p('p', 'Two-sided, of the paired differences', 'p')] : []),
    ...(some('pAdjusted') ? [p('p adjusted', 'Corrected for the number of comparisons', 'pAdjusted')] : []),
    ...(some('verdict')
      ? [{ heading: 'Verdict', text: verdict, value: verdict } satisfies Column]
      : []),
    count('Parameters', (row) => row.parameters),
    count('FLOPs/row', (row) => row.flopsPerRow),
    count('ms/step', (row) => row.stepMs, (ms) => ms.toFixed(1)),
  ];
}

const verdict = ({ gain }: TableRow): string => (gain as Gain | null)?.verdict ?? '—';

const pValue = (p: number): string => (p < 0.0001 ? '< .0001' : short(p));

function gainText(gain: TableRow['gain']): string {
  if (!gain) return '—';
  const { interval } = gain as { interval?: readonly [number, number] };
  const spread = gain.std === null ? '' : ` ± ${short(gain.std)}`;
  const range = Array.isArray(interval) ? ` [${signed(interval[0]!)}, ${signed(interval[1]!)}]` : spread;
  return `${signed(gain.mean)}${range} (${gain.wins}/${gain.n})`;
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
  return html`<div class="scroll" role="region" aria-label="Results" tabindex="0"><table id="results-table">
<caption>${study}: one line for each backbone and method; the best of a column is bold.</caption>
<thead><tr>${columns.map(
    ({ heading, title, better }, i) =>
      html`<th scope="col" data-first="${better === 'more' ? 'descending' : 'ascending'}"${i < 2 ? '' : html` class="number"`}${title ? html` title="${title}"` : ''}>${heading}</th>`,
  )}</tr></thead>
<tbody>${table.map((row) => html`<tr>${columns.map((column, i) => cell(row, column, i))}</tr>\n`)}</tbody>
</table></div>`;
}
