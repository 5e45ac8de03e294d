import { cellsOf, HEADINGS, notesOf } from './format.js';
import type { StudyResults } from './results.js';

/** Columns that hold words; the others hold numbers and are set flush right. */
const WORDS = 2;

/** The table for a terminal. */
export function toText(results: StudyResults): string {
  const lines = [[...HEADINGS], ...results.table.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  const draw = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i < WORDS ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  const [head, ...body] = lines;
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [results.study, '', draw(head!), rule, ...body.map(draw), '', ...notesOf(results)].join('\n');
}

export function toMarkdown(results: StudyResults): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = HEADINGS.map((_, i) => (i < WORDS ? '---' : '---:'));
  const table = [line(HEADINGS), line(rule), ...results.table.map((row) => line(cellsOf(row)))];
  return [`# ${results.study}`, '', ...table, '', ...notesOf(results).map((note) => `- ${note}`), ''].join('\n');
}

/** A `table` environment for a paper; needs the package booktabs. */
export function toLatex(results: StudyResults): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const columns = HEADINGS.map((_, i) => (i < WORDS ? 'l' : 'r')).join('');
  return [
    '\\begin{table}',
    '\\centering',
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    line(HEADINGS),
    '\\midrule',
    ...results.table.map((row) => line(cellsOf(row))),
    '\\bottomrule',
    '\\end{tabular}',
    `\\caption{${escapeLatex(results.study)}. ${notesOf(results).map(escapeLatex).join(' ')}}`,
    '\\end{table}',
    '',
  ].join('\n');
}

function escapeLatex(text: string): string {
  return text
    .replace(/[\\{}]/g, (char) => (char === '\\' ? '\\textbackslash{}' : `\\${char}`))
    .replace(/[&%$#_]/g, '\\$&')
    .replaceAll('~', '$\\sim$')
    .replaceAll('±', '$\\pm$')
    .replaceAll('—', '---')
    .replace(/"([^"]*)"/g, "``$1''");
}
