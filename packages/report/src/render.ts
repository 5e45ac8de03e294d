import { columnsOf, notesOf, type Column } from './format.js';
import type { StudyResults } from './results.js';

/** The columns, and a list of cells for each line. */
function linesOf({ table }: StudyResults): { columns: Column[]; head: string[]; body: string[][] } {
  const columns = columnsOf(table);
  const head = columns.map(({ heading }) => heading);
  return { columns, head, body: table.map((row) => columns.map(({ cell }) => cell(row))) };
}

/** The table for a terminal. */
export function toText(results: StudyResults): string {
  const { columns, head, body } = linesOf(results);
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]!.length)));
  const draw = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (columns[i]!.words ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [results.study, '', draw(head), rule, ...body.map(draw), '', ...notesOf(results)].join('\n');
}

export function toMarkdown(results: StudyResults): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const { columns, head, body } = linesOf(results);
  const rule = columns.map(({ words }) => (words ? '---' : '---:'));
  const table = [head, rule, ...body].map(line);
  return [`# ${results.study}`, '', ...table, '', ...notesOf(results).map((note) => `- ${note}`), ''].join('\n');
}

/** A `table` environment for a paper; needs the package booktabs. */
export function toLatex(results: StudyResults): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const { columns, head, body } = linesOf(results);
  const flush = columns.map(({ words }) => (words ? 'l' : 'r')).join('');
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
    .replaceAll('µ', '$\\mu$')
    .replace(/"([^"]*)"/g, "``$1''");
}
