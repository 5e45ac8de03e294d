import { firstOf, itemAt } from '@mdctr/base';
import type { BuildRecord, SiteRecord } from '@mdctr/core';
import type { Parameter } from '@mdctr/tensor';
import { alike } from './alike.js';
import { trainedNumbers, type BuildNode, type ParameterNode, type PluginNode, type SiteNode } from './inspection.js';
import { placed } from './placed.js';
import type { Work } from './work.js';

/** What the nodes of a model share. */
export interface Whole {
  readonly backbone: string;
  /** Trained numbers of the model. */
  readonly parameters: number;
  /** Absent where no batch was run. */
  readonly work: Work | undefined;
}

/**
 * The node of a site: of one record, or of those that stand at the same place in copies that are alike. Names are those
 * of the first, numbers those of all together.
 */
export function siteNode(records: readonly SiteRecord[], whole: Whole): SiteNode {
  const { kind, path, shape, layer, index, factor, empty, plugins } = firstOf(records);
  const { work } = whole;
  const sum = (of: (record: SiteRecord) => number): number => records.reduce((total, record) => total + of(record), 0);
  // A plugin may make parameters at a site that it leaves as it is.
  const owners = firstOf(records).parameters.map(({ plugin }) => plugin);
  const actors = [...new Set([...plugins, ...owners])].map((name): PluginNode => {
    const made = firstOf(records).parameters.filter(({ plugin }) => plugin === name);
    const flopsPerRow = work ? sum((record) => work.flopsAt(record, name)) : null;
    return { name, parameters: made.map(({ parameter }) => parameterNode(parameter, records.length)), flopsPerRow };
  });
  const builds = buildNodes(
    records.map((record) => record.builds),
    whole,
  );
  const inside = builds.flatMap(({ sites }) => sites);
  const parameters =
    trainedNumbers([...actors, ...builds].flatMap((part) => part.parameters)) +
    inside.reduce((total, site) => total + site.parameters, 0);
  const flopsPerRow = work
    ? sum((record) => work.flopsAt(record)) +
      [...actors, ...inside].reduce((total, part) => total + (part.flopsPerRow ?? 0), 0)
    : null;
  return {
    kind,
    path,
    shape,
    ...(layer && { layer }),
    ...(index !== undefined && { index }),
    ...(factor && { factor }),
    ...(empty && { empty }),
    plugins: actors,
    builds,
    parameters,
    share: parameters / whole.parameters,
    flopsPerRow,
  };
}

/** `builds`: those of the site in each of the copies that it stands in. */
function buildNodes(builds: readonly (readonly BuildRecord[])[], whole: Whole): BuildNode[] {
  return alike(firstOf(builds)).map((group): BuildNode => {
    const places = group.map((build) => firstOf(builds).indexOf(build));
    const all = builds.flatMap((ofCopy) => places.map((place) => itemAt(ofCopy, place)));
    const { rest, sites: records } = placed(firstOf(all), whole.backbone);
    const sites = records.map(({ parameters }, i) => {
      const same = all.map((build) => itemAt(build.sites, i));
      return { same, parameters: parameters.map((one) => parameterNode(one, all.length)) };
    });
    return {
      count: all.length,
      copies: group.map(({ copy = null }) => copy),
      parameters: rest.map((one) => parameterNode(one, all.length)),
      sites: inOrder(sites, whole.work).map(({ same, parameters }) =>
        withParameters(siteNode(same, whole), parameters, whole),
      ),
    };
  });
}

/** Parameters of the backbone's that are a site's by their path. */
function withParameters(node: SiteNode, more: readonly ParameterNode[], whole: Whole): SiteNode {
  if (more.length === 0) return node;
  const [first, ...others] = node.builds;
  const build = { count: firstOf(more).count, copies: [null], sites: [], ...first };
  const parameters = node.parameters + trainedNumbers(more);
  return {
    ...node,
    builds: [{ ...build, parameters: [...(first?.parameters ?? []), ...more] }, ...others],
    parameters,
    share: parameters / whole.parameters,
  };
}

/**
 * In the order in which a forward pass comes by. A site that has no work of its own (a transform that nobody answered
 * to) stays behind the one that was announced before it.
 */
function inOrder<T extends { readonly same: readonly SiteRecord[] }>(sites: readonly T[], work: Work | undefined): T[] {
  if (!work) return [...sites];
  let last = -1;
  return sites
    .map((one) => {
      const rank = Math.min(...one.same.map((record) => firstRank(record, work)));
      last = rank === Infinity ? last : rank;
      return { one, rank: last };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

function firstRank(site: SiteRecord, work: Work): number {
  const inside = site.builds.flatMap(({ sites }) => sites.map((one) => firstRank(one, work)));
  return Math.min(work.rankOf(site), ...inside);
}

export function parameterNode({ path, shape, size, trainable }: Parameter, count: number): ParameterNode {
  return { path, shape, size, count, trained: trainable };
}
