import { formatCount, alignCells, columnWidths } from '@mdctr/base';
import { mainGain, mainStat, type StudyResults, type TableRow } from '@mdctr/report';

const HEAD = ['backbone', 'method', 'AUC', 'gain', 'parameters', 'ms/step', 'x plain'];

/** The table of a small study, with what it is worth. */
export function studyText(results: StudyResults): string {
  const { table, baseline, data, split } = results;
  const base = ({ backbone }: TableRow): TableRow | undefined =>
    table.find((row) => row.backbone === backbone && row.method === baseline);
  const body = table.map((row) => {
    const { backbone, method, parameters, stepMs } = row;
    const [auc, gain] = [mainStat(row), mainGain(row)];
    const plain = base(row);
    return [
      backbone,
      method,
      auc ? auc.mean.toFixed(4) : '-',
      gain ? `${gain.mean < 0 ? '' : '+'}${gain.mean.toFixed(4)}` : '',
      formatCount(parameters),
      stepMs.toFixed(1),
      plain && plain !== row ? (stepMs / plain.stepMs).toFixed(2) : '',
    ];
  });
  const widths = columnWidths([HEAD, ...body]);
  const draw = (cells: readonly string[]): string => alignCells(cells, widths, (column) => column >= 2);
  return [
    draw(HEAD),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...body.map(draw),
    `Smoke comparison: one seed, one epoch, ${data.trainRows} training rows, AUC on ${split} rows. It shows that training works and what a`,
    'step costs; of which method is better it proves nothing.',
  ].join('\n');
}
