import { columnsOf, notesOf } from './format.js';
import type { StudyResults } from './results.js';

/** Columns that hold words; the others hold numbers and are set flush right. */
const WORDS = 2;

/** Headings, then a list of cells for each line. */
function linesOf({ table }: StudyResults): string[][] {
  const columns = columnsOf(table);
  return [columns.map(({ heading }) => heading), ...table.map((row) => columns.map(({ cell }) => cell(row)))];
}

/** The table for a terminal. */
export function toText(results: StudyResults): string {
  const lines = linesOf(results);
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
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
  const [head, ...body] = linesOf(results) as [string[], ...string[][]];
  const rule = head.map((_, i) => (i < WORDS ? '---' : '---:'));
  const table = [head, rule, ...body].map(line);
  return [`# ${results.study}`, '', ...table, '', ...notesOf(results).map((note) => `- ${note}`), ''].join('\n');
}

/** A `table` environment for a paper; needs the package booktabs. */
export function toLatex(results: StudyResults): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const [head, ...body] = linesOf(results) as [string[], ...string[][]];
  const columns = head.map((_, i) => (i < WORDS ? 'l' : 'r')).join('');
  return [
    '\\begin{table}',
    '\\centering',
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    line(head),
    '\\midrule',
    ...body.map(line),
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
    .replaceAll('↑', '$\\uparrow$')
    .replaceAll('↓', '$\\downarrow$')
    .replaceAll('±', '$\\pm$')
    .replaceAll('—', '---')
    .replace(/"([^"]*)"/g, "``$1''");
}
