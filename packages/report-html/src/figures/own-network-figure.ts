import type { FigureMaker } from './figure.js';
import { hasBars, sizeScatter } from './size-scatter.js';
import { signed } from './style.js';

/** Each domain against a network of its own: which domains lose by sharing? */
export const ownNetworkFigure: FigureMaker = (model) => {
  const { ownGains } = model;
  if (ownGains.length === 0) return [];
  const interval = hasBars(ownGains);
  return [
    {
      id: 'own-network',
      section: 'domains',
      title: 'Domains against a network of their own',
      caption:
        `AUC inside each domain minus that of ${model.ownNetwork}, which has a network for each, on the same backbone with the same seed; ` +
        `means over seeds${interval ? ', bars their intervals' : ''}. Below zero the domain loses by sharing (negative transfer), ` +
        'unless chance does it: the table below counts the domains that are shown to.',
      ...sizeScatter(model, ownGains, 'gain over own network', ({ low, high, verdict, seeds, wins }) => [
        ...(low === null || high === null ? [] : [['interval', `${signed(low)} to ${signed(high)}`] as const]),
        ['verdict', verdict],
        ['seeds that gained', `${wins} of ${seeds}`],
      ]),
      table: () => ({
        head: ['backbone', 'method', 'domain', 'rows', 'gain over own network', 'from', 'to', 'seeds', 'verdict'],
        rows: ownGains.map(({ backbone, method, domain, rows, gain, low, high, seeds, verdict }) => {
          return [backbone, method, domain, rows, gain, low, high, seeds, verdict];
        }),
      }),
    },
  ];
};
