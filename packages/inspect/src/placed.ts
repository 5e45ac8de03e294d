import type { BuildRecord, SiteRecord } from '@mdctr/core';
import type { Parameter } from '@mdctr/tensor';

/** A build with those of its parameters at a site that are that site's by their path. */
export interface PlacedBuild {
  readonly sites: readonly { readonly site: SiteRecord; readonly parameters: readonly Parameter[] }[];
  /** What belongs to no site inside. */
  readonly rest: readonly Parameter[];
}

/**
 * What a backbone makes by `net.scope(PATH)` for a layer that it computes itself: the site is the one with the longest
 * path that the parameter's begins with, of several the last.
 */
export function placed({ sites, parameters }: BuildRecord, backbone: string): PlacedBuild {
  const places = sites.map((site) => ({ site, parameters: [] as Parameter[] }));
  const rest = parameters.filter((parameter) => {
    const path = parameter.path.slice(backbone.length + 1);
    const fitting = places.filter(({ site }) => path.startsWith(`${site.path}/`));
    const longest = Math.max(...fitting.map(({ site }) => site.path.length));
    const place = fitting.findLast(({ site }) => site.path.length === longest);
    place?.parameters.push(parameter);
    return !place;
  });
  return { sites: places, rest };
}
