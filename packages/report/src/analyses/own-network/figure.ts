import type { Figure } from '../../figures/figure.js';
import { hasBars, sizeScatter } from '../../figures/size-scatter.js';
import { signed } from '../../figures/text.js';
import type { StudyOutline } from '../../figures/study-outline.js';
import type { OwnGain } from './entries.js';

/** Each domain against a network of its own: which domains lose by sharing? */
export function ownNetworkFigures(study: StudyOutline, gains: readonly OwnGain[]): Figure[] {
  const [first] = gains;
  if (!first) return [];
  return [
    {
      id: 'own-network',
      section: 'domains',
      title: 'Domains against a network of their own',
      caption:
        `AUC inside each domain minus that of ${first.against}, which has a network for each, on the same backbone with the same seed; ` +
        `means over seeds${hasBars(gains) ? ', bars their intervals' : ''}. Below zero the domain loses by sharing (negative transfer), ` +
        'unless chance does it: the table below counts the domains that are shown to.',
      ...sizeScatter(study, gains, 'gain over own network', ({ low, high, verdict, seeds, wins }) => [
        ...(low === null || high === null ? [] : [['interval', `${signed(low)} to ${signed(high)}`] as const]),
        ['verdict', verdict],
        ['seeds that gained', `${wins} of ${seeds}`],
      ]),
      table: () => ({
        head: ['backbone', 'method', 'domain', 'rows', 'gain over own network', 'from', 'to', 'seeds', 'verdict'],
        rows: gains.map(({ backbone, method, domain, rows, gain, low, high, seeds, verdict }) => {
          return [backbone, method, domain, rows, gain, low, high, seeds, verdict];
        }),
      }),
    },
  ];
}
