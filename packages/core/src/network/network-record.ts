import type { Parameter, Scope } from '@mdctr/tensor';
import type { LayerKind } from './sites.js';

/** The hooks that are asked at a site. */
export type SiteKind = 'embedding' | 'network' | 'tower' | 'affine' | 'norm' | 'hidden' | 'logit';

/** The hooks that belong to no site. */
export type OtherHook = 'penalty' | 'step' | 'evaluate' | 'variants' | 'built';

/** A parameter that a plugin made. */
export interface PluginParameter {
  readonly plugin: string;
  readonly parameter: Parameter;
}

/** A site that was announced while a network was built, and who answered there. */
export interface SiteRecord {
  readonly kind: SiteKind;
  /** As plugins see it: `deep/0`, in a copy of the network `COPY/deep/0`. */
  readonly path: string;
  /**
   * Widths from input to output: [inputs, units] of an affine layer, [inputs, units, units, ...] of a tower, [inputs, 1] of the
   * network; one width where it stays: [units] of `hidden` and `norm`, [F k] of `embedding`, [1] of `logit`.
   */
  readonly shape: readonly number[];
  /** Of `affine` and `hidden`: in which part of the backbone, and which of its layers. */
  readonly layer?: LayerKind;
  readonly index?: number;
  /** Of `affine`: one of several maps without bias that make a low-rank layer. */
  readonly factor?: boolean;
  /** Of `norm`: whether the backbone has nothing here, so that there is something only where a plugin answered. */
  readonly empty?: boolean;
  /** Plugins that answered, in the config's order: of around hooks the outermost first, of transforms the first to act. */
  readonly plugins: readonly string[];
  /** What plugins made while they were asked. */
  readonly parameters: readonly PluginParameter[];
  /**
   * Each time that the backbone's own part was built: once as a rule, several times where a plugin makes copies, not at all
   * where one takes its place. Transforms (`embedding`, `hidden`, `logit`) and empty sites have none.
   */
  readonly builds: readonly BuildRecord[];
}

/** The backbone's own part of a site. */
export interface BuildRecord {
  /** Its name, where a plugin gave it one: `domain-3`. */
  readonly copy?: string;
  /** Sites inside, in the order in which they were announced. */
  readonly sites: readonly SiteRecord[];
  /** What the backbone made for it, that of the sites inside left out. */
  readonly parameters: readonly Parameter[];
}

/** A plugin's answer to a hook that belongs to no site. */
export interface HookRecord {
  readonly hook: OtherHook;
  readonly plugin: string;
  /** What the plugin made while it was asked. */
  readonly parameters: readonly Parameter[];
  /** Of `variants`: their names. */
  readonly variants?: readonly string[];
}

/**
 * How a network was put together: written down while it is built, and free from then on. `AssembledModel.record` has it; a script
 * or a test may print it.
 */
export interface NetworkRecord {
  /** Short names, as parameters have them. */
  readonly backbone: string;
  /** All plugins in the config's order, those that answered nowhere included. */
  readonly plugins: readonly string[];
  /** The embedded fields, the network, the logit. */
  readonly sites: readonly SiteRecord[];
  /**
   * By plugin in the config's order. `step` and `evaluate` are asked when a training or an evaluation begins
   * (`AssembledModel.wrapStep`, `wrapPredict`), and stand here from then on.
   */
  readonly hooks: readonly HookRecord[];
  /** The site that work counted to a scope is done at (`flopsByScope` of @mdctr/tensor); undefined for work at no site. */
  siteOf(scope: Scope): SiteRecord | undefined;
}
