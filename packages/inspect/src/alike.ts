import type { BuildRecord, SiteRecord } from '@mdctr/core';

/** Builds by what they are but for the names of copies, each kind in the order in which it first comes. */
export function alike(builds: readonly BuildRecord[]): BuildRecord[][] {
  const groups = new Map<string, BuildRecord[]>();
  for (const build of builds) {
    const key = JSON.stringify(builtAs(build, []));
    const group = groups.get(key);
    if (group) group.push(build);
    else groups.set(key, [build]);
  }
  return [...groups.values()];
}

/** What a build consists of, in values that are equal where two copies are. */
function builtAs({ copy, sites, parameters }: BuildRecord, outer: readonly string[]): unknown {
  const copies = copy === undefined ? outer : [...outer, copy];
  return [
    parameters.map(({ path, shape, trainable }) => [withoutCopies(path, copies), shape, trainable]),
    sites.map((site) => announcedAs(site, copies)),
  ];
}

function announcedAs(site: SiteRecord, copies: readonly string[]): unknown {
  const { kind, path, shape, empty, plugins, parameters, builds } = site;
  return [
    [kind, withoutCopies(path, copies), shape, empty, plugins],
    parameters.map(({ plugin, parameter }) => {
      return [plugin, withoutCopies(parameter.path, copies), parameter.shape, parameter.trainable];
    }),
    builds.map((build) => builtAs(build, copies)),
  ];
}

/** `dnn/domain-3/deep/0/kernel` without `domain-3`. */
function withoutCopies(path: string, copies: readonly string[]): string {
  return copies.reduce((rest, copy) => `/${rest}/`.replace(`/${copy}/`, '/').slice(1, -1), path);
}
