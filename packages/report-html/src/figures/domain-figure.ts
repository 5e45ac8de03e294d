import { sizeScatter } from '@mdctr/report/figures';
import type { FigureMaker } from './maker.js';
/** Gain in each domain against its size: does a method help the small domains? */
export const domainFigure: FigureMaker = (model) => {
  const { domainGains } = model;
  if (domainGains.length === 0) return [];
  return [
    {
      id: 'domain-gains',
      section: 'domains',
      title: 'Gain by domain against domain size',
      caption:
        `AUC gain over ${model.baseline} inside each domain, mean over seeds; one mark a domain and method. ` +
        `Size is the number of ${model.trainSizes ? 'training rows' : 'rows evaluated'}, on a logarithmic axis. ` +
        'Small domains scatter more by chance alone: few rows, few clicks.',
      ...sizeScatter(model, domainGains, 'AUC gain', ({ wins, seeds }) => [
        ['seeds that gained', `${wins} of ${seeds}`],
      ]),
      table: () => ({
        head: ['backbone', 'method', 'domain', 'rows', 'AUC gain', 'seeds', 'seeds that gained'],
        rows: domainGains.map((one) => [one.backbone, one.method, one.domain, one.rows, one.gain, one.seeds, one.wins]),
      }),
    },
  ];
};
