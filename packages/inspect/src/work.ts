import type { HostBatch, SiteRecord, AssembledModel } from '@mdctr/core';
import { flopsByScope } from '@mdctr/tensor';

/** What a forward pass does at each site. */
export interface Work {
  /** FLOPs a row of the backbone's own part, or of a plugin's. */
  flopsAt(site: SiteRecord, plugin?: string): number;
  /** When the pass first comes to the site itself; Infinity where it does not. */
  rankOf(site: SiteRecord): number;
  /** FLOPs a row, sigmoid included. */
  readonly flopsPerRow: number;
}

/** Runs one batch through the model, without training, and counts by site. */
export function workOf({ model, record }: AssembledModel, batch: HostBatch): Work {
  const flops = new Map<SiteRecord, Map<string | undefined, number>>();
  const ranks = new Map<SiteRecord, number>();
  const [embedding, , logit] = record.sites;
  let total = 0;
  for (const [scope, amount] of flopsByScope(() => model.predict(batch))) {
    // The model's own scopes are no site's: fields are looked up and joined before the first, the sigmoid follows the
    // last.
    const site = record.siteOf(scope) ?? (['look-up', 'embedding'].includes(scope.site) ? embedding! : logit!);
    const ofSite = flops.get(site) ?? new Map<string | undefined, number>();
    flops.set(site, ofSite.set(scope.plugin, (ofSite.get(scope.plugin) ?? 0) + amount / batch.rows));
    if (!ranks.has(site)) ranks.set(site, ranks.size);
    total += amount;
  }
  return {
    flopsAt: (site, plugin) => flops.get(site)?.get(plugin) ?? 0,
    rankOf: (site) => ranks.get(site) ?? Infinity,
    flopsPerRow: total / batch.rows,
  };
}
