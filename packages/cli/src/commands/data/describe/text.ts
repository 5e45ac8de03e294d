import { columnWidths, itemAt } from '@mdctr/base';
import type { DescribedColumn, Description } from '@mdctr/data';

/** What was found, as a table of columns and a few facts. */
export function toText({ columns, label, domain, otherDomains, data }: Description): string {
  const head = ['column', 'use', 'kind', 'values', 'missing', 'AUC', 'why'];
  const rows = columns.map((column) => cells(column));
  const widths = columnWidths([head, ...rows]);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) =>
        i === 3 || i === 4 || i === 5 ? cell.padStart(itemAt(widths, i)) : cell.padEnd(itemAt(widths, i)),
      )
      .join('  ');
  const leaks = columns.filter(
    ({ use, reasons }) => use === 'exclude' && reasons.some((reason) => /^(leak|outcome)/.test(reason)),
  );
  const split = columns.find(({ use }) => use === 'split');
  const facts: [string, string][] = [
    ['label', label ?? 'none found: name it with --label'],
    ['domain', domain.join(' x ') || 'none found: name it with --domain'],
    ...(otherDomains.length > 0 ? [['or', otherDomains.slice(0, 5).join(', ')] as [string, string]] : []),
    ['split', split ? `by time, ${split.name}` : 'at random: no column of times'],
    ...(leaks.length > 0 ? [['leaks', leaks.map(({ name }) => name).join(', ')] as [string, string]] : []),
  ];
  return [
    ...[head, ...rows].map((row) => line(row).trimEnd()),
    '',
    ...facts.map(([name, value]) => `${name.padEnd(8)}${value}`),
    ...(data ? [] : ['', 'A config needs a label and a domain.']),
    '',
  ].join('\n');
}

function cells({ name, use, kind, distinct, missing, rows, auc, reasons }: DescribedColumn): string[] {
  const share = missing / rows;
  return [
    name,
    use === 'exclude' ? '-' : use,
    kind,
    String(distinct),
    missing === 0 ? '' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`,
    auc === undefined ? '' : auc.toFixed(3),
    reasons.join('; '),
  ];
}
