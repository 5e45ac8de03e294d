import { cellColumns, formatGain, MISSING } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { verdictsOf } from '../../text/verdicts.js';
import type { OwnNetworkAnalysis } from './types.js';

/** Counts of domains that lose and gain by sharing. */
export function ownNetworkTable({ method, rows }: OwnNetworkAnalysis): TextTable {
  const shown = (value: number | null): string => (value === null ? MISSING : String(value));
  return tableOf(
    `Domains against a network of their own ("${method}")`,
    [
      ...cellColumns(rows),
      { heading: 'domains', cell: (row) => String(row.domains) },
      { heading: 'below', cell: (row) => String(row.below) },
      { heading: 'shown below', cell: (row) => shown(row.shownBelow) },
      { heading: 'above', cell: (row) => String(row.above) },
      { heading: 'shown above', cell: (row) => shown(row.shownAbove) },
      { heading: 'mean gain', cell: (row) => formatGain(row.gain) },
    ],
    rows,
    [
      'Below: domains whose mean AUC over seeds is lower than that of their own network (negative transfer); shown: by a paired t-test ' +
        'over seeds, by Holm over all domains and methods.',
      `Mean gain over domains by rows evaluated: ${verdictsOf(rows.map(({ gain }) => gain))}.`,
    ],
  );
}
