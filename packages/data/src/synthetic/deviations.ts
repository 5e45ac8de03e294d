import type { ComponentContext } from './component.js';
import { Random } from '@mdctr/base';
import { centreColumns, type Table } from './tables.js';

/**
 * Numbers that differ by domain, [domains, columns], variance about 1. Domains of one cluster have `similarity` in
 * common: each number is sqrt(similarity) times its cluster's plus sqrt(1 - similarity) times the domain's own. Their
 * mean over the impressions is 0, so that the domains' structure holds nothing that all of them share.
 */
export function deviations(
  { settings, population }: ComponentContext,
  name: string,
  columnWeights: Float64Array,
): Table {
  const { seed, domains } = settings;
  const { count, similarity } = settings.clusters;
  const columns = columnWeights.length;
  const draw = (part: string): Float64Array => new Random(seed, `specific/${name}/${part}`).irwinHalls(columns);
  const clusters = Array.from({ length: Math.min(count, domains) }, (_, c) => draw(`cluster/${c}`));
  const cells = new Float64Array(domains * columns);
  for (let d = 0; d < domains; d++) {
    const common = clusters[d % count]!;
    const ofDomain = draw(`domain/${d}`);
    for (let c = 0; c < columns; c++) {
      cells[d * columns + c] = Math.sqrt(similarity) * common[c]! + Math.sqrt(1 - similarity) * ofDomain[c]!;
    }
  }
  const table = { cells, rowWeights: population.domainShares, columnWeights };
  centreColumns(table);
  return table;
}
