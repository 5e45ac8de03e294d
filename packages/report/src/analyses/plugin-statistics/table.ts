import { cellColumns, formatStat } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import type { PluginStatisticsRow } from './types.js';

/** A line a backbone, method and number. */
export function pluginStatisticsTable(rows: readonly PluginStatisticsRow[]): TextTable {
  return tableOf(
    'What plugins say, as one number',
    [
      ...cellColumns(rows),
      { heading: 'plugin', words: true, cell: ({ plugin }) => plugin },
      { heading: 'number', words: true, cell: ({ name }) => name },
      { heading: 'value', cell: ({ value }) => formatStat(value) },
    ],
    rows,
    ['After the best epoch, on the validation rows: mean over domains by rows evaluated, then over layers.'],
  );
}
