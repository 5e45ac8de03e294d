import { bucketsOf } from './buckets.js';
import type { AnalysisOptions } from './options.js';
import { overlapOf } from './overlap.js';
import { ownNetworkOf } from './own-network.js';
import { partsOf, type Analysed } from './parts.js';
import { realisedOf } from './realised.js';
import type { Analyses } from './types.js';

/**
 * What a study's results say beside the table, computed from the trials' details alone; results of earlier versions do as
 * well. Parts that there is nothing to say of are absent.
 * @param options the section `analyses` of the study's config; what is not given has its default.
 */
export function analyse(results: Analysed, options: Partial<AnalysisOptions> = {}): Analyses {
  const parts = partsOf(results);
  const own = options.ownNetwork ?? ownNetworkMethod(results.config);
  const buckets = bucketsOf(parts, results.baseline, options.buckets ?? 3);
  const ownNetwork = typeof own === 'string' ? ownNetworkOf(parts, own) : undefined;
  const realised = realisedOf(parts);
  const overlap = options.overlap === false ? undefined : overlapOf(parts);
  return {
    ...(buckets && { buckets }),
    ...(ownNetwork && { ownNetwork }),
    ...(realised.length > 0 && { realised }),
    ...(overlap && { overlap }),
  };
}

/** The plugin that gives every domain a network of its own. */
const OWN_NETWORK = 'per-domain';

/** Label of the method whose only plugin is per-domain; undefined where there is none, or several. */
export function ownNetworkMethod(config: unknown): string | undefined {
  const { methods } = (config ?? {}) as {
    methods?: readonly { label: string; plugins: readonly { name: string }[] }[];
  };
  const own = (methods ?? []).filter(({ plugins }) => plugins?.length === 1 && plugins[0]!.name === OWN_NETWORK);
  return own.length === 1 ? own[0]!.label : undefined;
}
