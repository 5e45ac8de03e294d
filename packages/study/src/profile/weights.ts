import type { HostBatch, AssembledModel } from '@mdctr/core';
import { profileOps } from '@mdctr/tensor';
import { type ScopeName, type TimedScope, inOrder, untimed } from './breakdown.js';
import type { SiteTime } from './result.js';

/** FLOPs or parameters of a scope. */
interface Weight extends ScopeName {
  readonly amount: number;
}

const sameScope = (a: ScopeName, b: ScopeName): boolean => a.site === b.site && a.plugin === b.plugin;

/**
 * The scopes with their weights. One that has some and took no time, e.g. a layer whose kernel a plugin computes with, gets
 * a line, too.
 */
export function weigh(
  times: readonly TimedScope[],
  assembled: AssembledModel,
  batch: HostBatch,
  backbone: string,
): SiteTime[] {
  const flops = flopsOf(assembled, batch);
  const parameters = parametersOf(assembled, times, backbone);
  const all = [...times];
  for (const weight of [...flops, ...parameters]) {
    if (!all.some((time) => sameScope(time, weight))) all.push(untimed(weight));
  }
  const sum = (weights: readonly Weight[], of: ScopeName): number =>
    weights.reduce((total, weight) => total + (sameScope(weight, of) ? weight.amount : 0), 0);
  return inOrder(all).map((time) => ({
    ...time,
    flopsPerRow: sum(flops, time),
    parameters: sum(parameters, time),
  }));
}

/** FLOPs a row of a forward pass. */
function flopsOf({ model }: AssembledModel, batch: HostBatch): Weight[] {
  const { scopes } = profileOps(() => model.predict(batch)).profile;
  return scopes
    .filter(({ flops }) => flops > 0)
    .map(({ scope: { site, plugin = null }, flops }) => ({ site, plugin, amount: flops / batch.rows }));
}

/**
 * Trained numbers, tables not included, by their paths: `OWNER/SITE/...`, in a copy of the network `OWNER/COPY/SITE/...`. What
 * is for no site, e.g. MAML's rates, belongs to the plugin's step.
 */
function parametersOf({ model }: AssembledModel, scopes: readonly ScopeName[], backbone: string): Weight[] {
  const sites = [...new Set(scopes.map(({ site }) => site))].sort((a, b) => b.length - a.length);
  return model.store.trainable().map(({ path, size }) => {
    const [owner] = path.split('/');
    if (owner === 'pooling') return { site: 'embedding', plugin: null, amount: size };
    const plugin = owner === backbone ? null : owner!;
    const site = sites.find((name) => path.slice(owner!.length).includes(`/${name}/`) || path === `${owner}/${name}`);
    return { site: site ?? (plugin === null ? 'backbone' : 'step'), plugin, amount: size };
  });
}
