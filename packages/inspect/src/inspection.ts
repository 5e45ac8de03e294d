import type { OtherHook, SiteRecord } from '@mdctr/core';

/**
 * A model as it is built: sites in the order of the forward pass, who acts there, and what it weighs. Plain JSON; what
 * `mdctr inspect --format json` prints, described in docs/guides/inspect.md.
 */
export interface Inspection {
  /** Of this layout. */
  readonly version: 1;
  /** Short names. */
  readonly backbone: string;
  /** In the config's order. */
  readonly plugins: readonly PluginSum[];
  readonly totals: Totals;
  readonly fields: readonly FieldNode[];
  /** The embedded fields, the network, the logit. */
  readonly sites: readonly SiteNode[];
  /** What plugins add at no site. */
  readonly beside: readonly HookNode[];
  /** What a reader should know, one sentence each. */
  readonly warnings: readonly string[];
}

/** What the columns `parameters` and `FLOPs/row` of a study's table say. */
export interface Totals {
  /** Trained numbers. */
  readonly parameters: number;
  /** Of them those of the embedding table, and all others. */
  readonly embeddings: number;
  readonly dense: number;
  /** Floating-point operations of a forward pass, a row of the first training batch; null without a batch. */
  readonly flopsPerRow: number | null;
}

/** All that one plugin adds. */
export interface PluginSum {
  readonly name: string;
  /** Trained numbers. */
  readonly parameters: number;
  /** Of all, 0 to 1. */
  readonly share: number;
  readonly flopsPerRow: number | null;
  /** Sites at which it answered, every copy counted. */
  readonly sites: number;
}

/** An input column. */
export interface FieldNode {
  readonly name: string;
  /** Rows of the table, that of unknown values included. */
  readonly ids: number;
  /** Whether it makes up or describes the domain (x^d). */
  readonly domain: boolean;
  readonly pooling?: 'mean' | 'sum' | 'attention' | 'scaled';
  /** Numbers of the table: ids times k. */
  readonly parameters: number;
}

/** A site; of copies that are alike the path is that of the first. */
export interface SiteNode extends Pick<SiteRecord, 'kind' | 'path' | 'shape' | 'layer' | 'index' | 'factor' | 'empty'> {
  /** Who answered: around hooks the outermost first, transforms the first to act. */
  readonly plugins: readonly PluginNode[];
  /** The backbone's own part: none where a plugin takes its place, several where copies differ. */
  readonly builds: readonly BuildNode[];
  /** Trained numbers of the site and of all that is in it, copies counted. */
  readonly parameters: number;
  /** Of all, 0 to 1. */
  readonly share: number;
  /** Of the site and of all that is in it. */
  readonly flopsPerRow: number | null;
}

/** Builds of one site that are alike but for the copy's name. */
export interface BuildNode {
  /** How many times it is there, in all copies of what it is in. */
  readonly count: number;
  /** Names of the copies; null for one without. */
  readonly copies: readonly (string | null)[];
  readonly parameters: readonly ParameterNode[];
  readonly sites: readonly SiteNode[];
}

export interface PluginNode {
  readonly name: string;
  readonly parameters: readonly ParameterNode[];
  readonly flopsPerRow: number | null;
}

export interface ParameterNode {
  /** In copies that are alike that of the first. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Numbers in one of them. */
  readonly size: number;
  /** How many there are, one a copy. */
  readonly count: number;
  /** False for state, e.g. a moving average, which is saved but in no count. */
  readonly trained: boolean;
}

/** A plugin's answer to a hook at no site. */
export interface HookNode {
  readonly hook: OtherHook;
  readonly plugin: string;
  readonly parameters: readonly ParameterNode[];
  /** Of `variants`: their names. */
  readonly variants?: readonly string[];
}

/** Trained numbers of parameters, all copies together. */
export function trainedNumbers(parameters: readonly ParameterNode[]): number {
  return parameters.reduce((sum, { size, count, trained }) => (trained ? sum + size * count : sum), 0);
}
