import type { Parameter, Scope } from '@mdctr/tensor';
import type { LayerKind } from './sites.js';

/** The hooks that are called at sites. */
export type SiteKind = 'embedding' | 'network' | 'tower' | 'affine' | 'norm' | 'hidden' | 'residual' | 'logit';

/** The hooks that do not belong to a site. */
export type OtherHook = 'penalty' | 'step' | 'evaluate' | 'variants' | 'built';

/** A parameter that a plugin made. */
export interface PluginParameter {
  readonly plugin: string;
  readonly parameter: Parameter;
}

/** A site of a built network and the plugins that act there. */
export interface SiteRecord {
  readonly kind: SiteKind;
  /** Path as plugins see it, e.g. `deep/0`, or `COPY/deep/0` in a copy of the network. */
  readonly path: string;
  /**
   * Widths from input to output: [inputs, units] for an affine layer, [inputs, units, units, ...] for a tower, [inputs, 1]
   * for the network. Sites that keep the width have one number: [units] for `hidden` and `norm`, [F k] for `embedding`,
   * [1] for `logit`.
   */
  readonly shape: readonly number[];
  /** For `affine` and `hidden`: the part of the backbone. `index` is the number of the layer in it. */
  readonly layer?: LayerKind;
  readonly index?: number;
  /** For `affine`: whether it is a factor of a low-rank layer, a map without bias. */
  readonly factor?: boolean;
  /** For `norm`: whether the backbone has no normalisation here, so that only a plugin can add one. */
  readonly empty?: boolean;
  /** Plugins that act here, in the order of the config: the outermost wrapper or the first transform comes first. */
  readonly plugins: readonly string[];
  /** Parameters that plugins made for this site. */
  readonly parameters: readonly PluginParameter[];
  /**
   * One record for each time that the backbone's part was built. It is built once by default, several times if a plugin
   * makes copies, and never if a plugin replaces it. Transforms (`embedding`, `hidden`, `logit`) and empty sites have none.
   */
  readonly builds: readonly BuildRecord[];
}

/** The part of a site that the backbone built. */
export interface BuildRecord {
  /** Name of the copy if a plugin gave it one, e.g. `domain-3`. */
  readonly copy?: string;
  /** The sites inside, in the order in which they were built. */
  readonly sites: readonly SiteRecord[];
  /** Parameters that the backbone made for it, without those of the sites inside. */
  readonly parameters: readonly Parameter[];
}

/** A hook without a site that a plugin implements. */
export interface HookRecord {
  readonly hook: OtherHook;
  readonly plugin: string;
  /** Parameters that the plugin made in the hook. */
  readonly parameters: readonly Parameter[];
  /** For `variants`: their names. */
  readonly variants?: readonly string[];
}

/**
 * How a network was put together. It is recorded while the network is built and costs nothing afterwards. Read it from
 * `AssembledModel.record`.
 */
export interface NetworkRecord {
  /** Short name of the backbone, as in parameter paths. */
  readonly backbone: string;
  /** All plugins in the order of the config, including those that act nowhere. */
  readonly plugins: readonly string[];
  /** The embedded fields, the network, the logit. */
  readonly sites: readonly SiteRecord[];
  /**
   * Hooks without a site, by plugin in the order of the config. `step` and `evaluate` appear after a training or an
   * evaluation has begun (`AssembledModel.wrapStep`, `wrapPredict`).
   */
  readonly hooks: readonly HookRecord[];
  /** The site of a scope of `flopsByScope` in @mdctr/tensor; undefined for a scope without a site. */
  siteOf(scope: Scope): SiteRecord | undefined;
}
