import type { FeatureSchema, HostBatch, NetworkRecord, AssembledModel } from '@mdctr/core';
import {
  trainedNumbers,
  type FieldNode,
  type HookNode,
  type Inspection,
  type ParameterNode,
  type PluginSum,
  type SiteNode,
} from './inspection.js';
import { parameterNode, siteNode, type Whole } from './site-node.js';
import { workOf } from './work.js';

/**
 * A model as a tree. With a batch, e.g. the first of the training rows, it has FLOPs, and sites stand in the order of
 * the forward pass; without one in the order in which the backbone announced them.
 */
export function inspectModel(assembled: AssembledModel, batch?: HostBatch): Inspection {
  const { model, record } = assembled;
  const { store, schema, dim } = model;
  const work = batch && workOf(assembled, batch);
  const parameters = store.count();
  const whole: Whole = { backbone: record.backbone, parameters, work };
  const [embedding, ...others] = record.sites.map((site) => siteNode([site], whole));
  const sites = [withTable(embedding!, assembled, whole), ...others];
  const beside = hooksOf(assembled);
  const plugins = record.plugins.map((name) => pluginSum(name, sites, beside, whole));
  const dense = store.trainable().reduce((sum, { size }) => sum + size, 0);
  const totals = { parameters, embeddings: parameters - dense, dense, flopsPerRow: work?.flopsPerRow ?? null };
  return {
    version: 1,
    backbone: record.backbone,
    plugins,
    totals,
    fields: fieldsOf(schema, dim),
    sites,
    beside,
    warnings: warningsOf(record, plugins, beside),
  };
}

function fieldsOf({ fields, domainFields }: FeatureSchema, dim: number): FieldNode[] {
  return fields.map(({ name, size, pooling }) => ({
    name,
    ids: size,
    domain: domainFields.includes(name),
    ...(pooling && { pooling }),
    parameters: size * dim,
  }));
}

/** The embedding site has the table, and the queries of attention pooling: made before any site is announced. */
function withTable(node: SiteNode, { model: { store } }: AssembledModel, whole: Whole): SiteNode {
  const queries = store.list().filter(({ path }) => path.startsWith('pooling/'));
  const nodes: ParameterNode[] = [
    ...store.tables().map(({ path, rows, dim }) => {
      return { path, shape: [rows, dim], size: rows * dim, count: 1, trained: true };
    }),
    ...queries.map((one) => parameterNode(one, 1)),
  ];
  const parameters = node.parameters + trainedNumbers(nodes);
  const build = { count: 1, copies: [null], parameters: nodes, sites: [] };
  return { ...node, builds: [build], parameters, share: parameters / whole.parameters };
}

/** Asks for steps and predictions as a training and an evaluation do, so that who answers there is known. */
function hooksOf(assembled: AssembledModel): HookNode[] {
  assembled.wrapStep(() => 0);
  assembled.wrapPredict(({ rows }) => new Float32Array(rows));
  return assembled.record.hooks
    .map(({ hook, plugin, parameters, variants }): HookNode => {
      const nodes = parameters.map((one) => parameterNode(one, 1));
      return { hook, plugin, parameters: nodes, ...(variants && { variants }) };
    })
    .sort((a, b) => HOOKS.indexOf(a.hook) - HOOKS.indexOf(b.hook));
}

/** As they come by in a training. */
const HOOKS: readonly HookNode['hook'][] = ['built', 'penalty', 'step', 'evaluate', 'variants'];

function pluginSum(
  name: string,
  sites: readonly SiteNode[],
  beside: readonly HookNode[],
  { parameters: all, work }: Whole,
): PluginSum {
  const found = answers(name, sites, 1);
  const hooks = beside.filter(({ plugin }) => plugin === name).flatMap((hook) => hook.parameters);
  const parameters = trainedNumbers([...found.flatMap(({ node }) => node.parameters), ...hooks]);
  const flops = found.reduce((sum, { node }) => sum + (node.flopsPerRow ?? 0), 0);
  const count = found.reduce((sum, one) => sum + one.count, 0);
  return { name, parameters, share: parameters / all, flopsPerRow: work ? flops : null, sites: count };
}

type Answer = { readonly node: SiteNode['plugins'][number]; readonly count: number };

/** Where a plugin answered, and in how many copies. */
function answers(name: string, sites: readonly SiteNode[], count: number): Answer[] {
  return sites.flatMap(({ plugins, builds }) => [
    ...plugins.filter((plugin) => plugin.name === name).map((node) => ({ node, count })),
    ...builds.flatMap((build) => answers(name, build.sites, build.count)),
  ]);
}

function warningsOf(record: NetworkRecord, plugins: readonly PluginSum[], beside: readonly HookNode[]): string[] {
  return plugins
    .filter(({ name, sites }) => sites === 0 && !beside.some(({ plugin }) => plugin === name))
    .map(({ name }) => {
      return `${name} answered at no site of ${record.backbone} and to no other hook: the model is as if it were not there.`;
    });
}
