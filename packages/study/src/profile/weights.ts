import type { HostBatch, TrialModel } from '@mdctr/core';
import { profileOps, type Scope } from '@mdctr/tensor';

/** What a scope costs besides time. */
export interface Weight {
  readonly flopsPerRow: number;
  readonly parameters: number;
}

export const keyOf = ({ site, plugin }: { site: string; plugin?: string | null | undefined }): string =>
  `${site} > ${plugin ?? ''}`;

/** FLOPs a row of a forward pass, by scope. */
export function flopsByScope({ model }: TrialModel, batch: HostBatch): Map<string, number> {
  const { scopes } = profileOps(() => model.predict(batch)).profile;
  return new Map(scopes.map(({ scope, flops }) => [keyOf(scope), flops / batch.rows]));
}

/**
 * Trained dense parameters by scope, from their paths: `OWNER/SITE/...`, in a copy of the network `OWNER/COPY/SITE/...`.
 * `scopes` are those that a step comes by.
 */
export function parametersByScope(
  { model }: TrialModel,
  scopes: readonly Scope[],
  backbone: string,
): Map<string, number> {
  const counts = new Map<string, number>();
  const sites = [...new Set(scopes.map(({ site }) => site))].sort((a, b) => b.length - a.length);
  for (const { path, size } of model.store.trainable()) {
    const [owner, ...rest] = path.split('/') as [string, ...string[]];
    const plugin = owner === backbone ? undefined : owner;
    const below = rest.join('/');
    const site = sites.find((name) => `/${below}/`.includes(`/${name}/`));
    const key =
      owner === 'pooling'
        ? keyOf({ site: 'embedding' })
        : keyOf({ site: site ?? (plugin === undefined ? 'backbone' : 'step'), plugin });
    counts.set(key, (counts.get(key) ?? 0) + size);
  }
  return counts;
}
