import { cellColumns, decimals, MISSING } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { IDLE_SHARE } from './compute.js';
import type { ActivityRow } from './types.js';

/** Differences with five digits: of rare clicks scores are small, and so are their differences. */
const DIGITS = 5;

/** How far methods moved the scores of their baseline. */
export function activityTable(rows: readonly ActivityRow[], baseline: string | null): TextTable {
  return tableOf(
    'What methods did to the scores',
    [
      ...cellColumns(rows),
      { heading: `difference from "${baseline}"`, cell: ({ difference }) => decimals(difference, DIGITS) },
      {
        heading: 'of two of its seeds',
        cell: ({ ofSeeds }) => (ofSeeds === null ? MISSING : decimals(ofSeeds, DIGITS)),
      },
      { heading: '', words: true, cell: ({ idle }) => (idle ? 'idle' : '') },
    ],
    rows,
    [
      `Mean absolute difference of the scores of the same rows: of the method and "${baseline}" with the same seed, and of "${baseline}" with one seed and the next.`,
      `Idle: less than ${100 * IDLE_SHARE}% of what a seed makes, so that the method did nothing that could gain or lose.`,
    ],
  );
}
