import { alignCells, columnWidths } from '@mdctr/base';
import type { Place } from '@mdctr/metrics';
import { analysisOptionsOf, SHOWN } from '../analyses/options.js';
import { analysisTables } from '../analyses/tables.js';
import { linesOf } from '../table/lines.js';
import { columnsOf } from './format.js';
import { notesOf } from './notes.js';
import type { StudyResults } from '../results/study.js';
import { tableOf, type TextTable } from './text-table.js';

const mainTable = (results: StudyResults, place: Place): TextTable =>
  tableOf(results.study, columnsOf(results, place), linesOf(results), notesOf(results));

/** The table of the study, and one for each of its analyses. */
const tablesOf = (results: StudyResults, place: Place): TextTable[] => [
  mainTable(results, place),
  ...analysisTables(results),
];

/** The tables for a terminal: the study's own, and those of the analyses that `show` of its config names. */
export function toText(results: StudyResults): string {
  const { show = SHOWN } = analysisOptionsOf(results.config);
  const tables = analysisTables(results);
  const shown = tables.filter(({ analysis }) => show.includes(analysis));
  const others = tables.filter((table) => !shown.includes(table));
  return [
    ...[mainTable(results, 'terminal'), ...shown].map(asText),
    ...(others.length > 0
      ? [`In table.md and report.html as well:\n${others.map(({ title }) => `  ${title}`).join('\n')}`]
      : []),
  ].join('\n\n');
}

export function toMarkdown(results: StudyResults): string {
  return tablesOf(results, 'markdown')
    .map((table, i) => asMarkdown(table, i === 0 ? '#' : '##'))
    .join('\n');
}

/** A `table` environment for each table of a paper; needs the package booktabs. */
export const toLatex = (results: StudyResults): string => tablesOf(results, 'latex').map(asLatex).join('\n');

function asText({ title, head, words, body, notes }: TextTable): string {
  const widths = columnWidths([head, ...body]);
  const draw = (cells: readonly string[]): string => alignCells(cells, widths, (column) => !words[column]);
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, '', draw(head), rule, ...body.map(draw), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function asMarkdown({ title, head, words, body, notes }: TextTable, level: string): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = words.map((flush) => (flush ? '---' : '---:'));
  const table = [head, rule, ...body].map(line);
  return [
    `${level} ${title}`,
    '',
    ...table,
    '',
    ...notes.map((note) => `- ${note}`),
    ...(notes.length > 0 ? [''] : []),
  ].join('\n');
}

function asLatex({ title, head, words, body, notes }: TextTable): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const flush = words.map((left) => (left ? 'l' : 'r')).join('');
  return [
    '\\begin{table}',
    '\\centering',
    `\\begin{tabular}{${flush}}`,
    '\\toprule',
    line(head),
    '\\midrule',
    ...body.map(line),
    '\\bottomrule',
    '\\end{tabular}',
    `\\caption{${escapeLatex([`${title}.`, ...notes].join(' '))}}`,
    '\\end{table}',
    '',
  ].join('\n');
}

function escapeLatex(text: string): string {
  return text
    .replace(/[\\{}]/g, (char) => (char === '\\' ? '\\textbackslash{}' : `\\${char}`))
    .replace(/[&%$#_]/g, '\\$&')
    .replaceAll('~', '$\\sim$')
    .replaceAll('↑', '$\\uparrow$')
    .replaceAll('↓', '$\\downarrow$')
    .replaceAll('±', '$\\pm$')
    .replaceAll('—', '---')
    .replaceAll('µ', '$\\mu$')
    .replace(/"([^"]*)"/g, "``$1''");
}
