import { cellColumns, decimals, MISSING, type TextColumn } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import type { CalibrationAnalysis, CalibrationRow, CalibrationStats } from './types.js';

/** A line a backbone and method; a column for all rows, and one for each of the largest domains. */
export function calibrationTable({ rows }: CalibrationAnalysis): TextTable {
  const domains = [...new Set(rows.flatMap((row) => row.domains.map(({ domain }) => domain)))];
  const columns: TextColumn<CalibrationRow>[] = [
    ...cellColumns(rows),
    { heading: 'all rows', cell: ({ overall }) => textOf(overall) },
    ...domains.map((domain) => ({
      heading: domain,
      cell: (row: CalibrationRow) => textOf(row.domains.find((one) => one.domain === domain)),
    })),
  ];
  return tableOf('PCOC (ECE), overall and in the largest domains', columns, rows, [
    'PCOC: predicted clicks over observed ones; 1 is calibrated. ECE: mean distance of predicted and observed click rates over bins. Means over seeds.',
  ]);
}

function textOf(stats: CalibrationStats | undefined): string {
  if (!stats?.pcoc && !stats?.ece) return MISSING;
  const [pcoc, ece] = [stats.pcoc, stats.ece].map((stat) => (stat ? decimals(stat.mean, 3) : MISSING));
  return `${pcoc} (${ece})`;
}
