import { formatCount } from '@mdctr/base';
import { cellColumns, decimals, formatGain, type TextColumn } from '../../text/format.js';
import { tableOf, type TextTable } from '../../text/text-table.js';
import { verdictsOf } from '../../text/verdicts.js';
import type { EnsembleRow } from './types.js';

const BASIS = { test: 'DeLong’s test over rows', about: 'other rows, not other seeds' };

/** Ensembles with their gains, and what they cost. */
export function ensembleTable(rows: readonly EnsembleRow[], baseline: string | null): TextTable {
  const compared = rows.flatMap(({ overBaseline }) => overBaseline ?? []);
  const over: TextColumn<EnsembleRow> = {
    heading: `AUC over ensemble of "${baseline}"`,
    cell: (row) => formatGain(row.overBaseline),
  };
  const shown = baseline !== null && compared.length > 0;
  return tableOf(
    'Ensembles: the mean of the scores of all seeds',
    [
      ...cellColumns(rows),
      { heading: 'seeds', cell: ({ seeds }) => String(seeds) },
      { heading: 'AUC', cell: ({ auc }) => decimals(auc) },
      { heading: 'log loss', cell: ({ logLoss }) => decimals(logLoss) },
      { heading: 'AUC over its seeds', cell: ({ overSeeds }) => formatGain(overSeeds) },
      { heading: 'log loss saved', cell: ({ logLossOverSeeds }) => decimals(logLossOverSeeds) },
      ...(shown ? [over] : []),
      { heading: 'parameters', cell: ({ parameters }) => formatCount(parameters) },
      { heading: 'µs/row', cell: ({ inferenceUs }) => inferenceUs.toFixed(1) },
    ],
    rows,
    [
      `Over the mean of its seeds alone: ${verdictsOf(
        rows.map(({ overSeeds }) => overSeeds),
        BASIS,
      )}.`,
      ...(shown ? [`Over the ensemble of "${baseline}" of the same seeds: ${verdictsOf(compared, BASIS)}.`] : []),
      'Parameters and time are those of all seeds together: an ensemble of N costs N times as much as one model.',
    ],
  );
}
