import type { FeatureSchema } from '../features/feature-schema.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';

/** The part of a backbone that a layer belongs to: the deep tower, the feature crosses, or the last layer. */
export type LayerKind = 'deep' | 'cross' | 'logit';

/** A named place in a backbone that a plugin can change. */
export interface Site {
  /** Path inside the backbone, e.g. `deep/0`. */
  readonly path: string;
  /** Scope of the plugin's parameters at this site: `PLUGIN/SITE PATH`, or a name below it. */
  scope(name?: string): ParameterScope;
  readonly schema: FeatureSchema;
  /** Width of `batch.domains`, the concatenated embeddings of the domain fields. */
  readonly domainWidth: number;
  /** Width of one field's embedding, k. */
  readonly dim: number;
}

/** All embedded fields, before the backbone sees them. */
export interface EmbeddingSite extends Site {
  /** Number of fields, F. */
  readonly fields: number;
}

/**
 * The whole backbone, from embedded fields to logit. `build` may be called several times. A named copy has separate
 * parameters, sites and plugin parameters (`dnn/COPY/deep/0/kernel`, `adasparse/COPY/deep/0/...`). Their initial values
 * are those of the unnamed network.
 */
export interface NetworkSite extends Site {
  build(copy?: string): Forward;
}

/** A stack of hidden layers. `build` may be called several times (experts) or not at all. */
export interface TowerSite extends Site {
  readonly inputs: number;
  /** Width of each hidden layer, first to last. */
  readonly units: readonly number[];
  /** Builds one tower. Further towers need a name, which becomes part of their parameter paths. */
  build(name?: string): Layer;
}

/** Position of an affine layer in the backbone. */
export interface AffinePlace {
  readonly kind: LayerKind;
  /** Number of the layer among those of its kind, from 0. All factors of a low-rank layer share it. */
  readonly index: number;
  /** True for a factor of a low-rank kernel: a map x W without bias that is one part of a layer. */
  readonly factor?: boolean;
}

/** An affine layer, x W + b. `build` returns the layer as built by the backbone and the plugins after this one. */
export interface AffineSite extends Site, AffinePlace {
  readonly inputs: number;
  readonly units: number;
  build(): AffineLayer;
}

/**
 * A normalisation layer: at the input of a tower, where it is the identity by default, or between an affine layer and its
 * activation.
 */
export interface NormSite extends Site {
  readonly place: 'input' | 'hidden';
  readonly units: number;
  build(): Layer;
}

/**
 * The output of a hidden layer after its activation; of a residual layer (a cross layer is one) its branch, which is what the layer
 * adds to a stream that goes past it, or, for the hook `residual`, the sum of both.
 */
export interface HiddenSite extends Site {
  readonly kind: Exclude<LayerKind, 'logit'>;
  /** Number of the layer among those of its kind, from 0. */
  readonly index: number;
  readonly units: number;
  /** Whether the layer is a residual one. */
  readonly residual: boolean;
}

/** The backbone's logit [rows, 1], before the sigmoid. */
export interface LogitSite extends Site {
  /** Number of fields, F. */
  readonly fields: number;
}
