import type { FeatureSchema } from '../features/feature-schema.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';

/** In which part of a backbone a layer lies: its deep tower, its feature crosses, or its last layer. */
export type LayerKind = 'deep' | 'cross' | 'logit';

/** A named place in a backbone where a plugin may act. */
export interface Site {
  /** Path inside the backbone, e.g. `deep/0`. */
  readonly path: string;
  /** Where the plugin's parameters for this site go: `PLUGIN/SITE PATH`, or a name below it. */
  scope(name?: string): ParameterScope;
  readonly schema: FeatureSchema;
  /** Width of `batch.domains`: the domain fields' embeddings joined. */
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
 * The whole backbone, embedded fields to logit. `build` may be called several times. A copy with a name has parameters,
 * sites and plugin parameters of its own (`dnn/COPY/deep/0/kernel`, `adasparse/COPY/deep/0/...`), which begin with the
 * values of the network without a name.
 */
export interface NetworkSite extends Site {
  build(copy?: string): Forward;
}

/** A stack of hidden layers. `build` may be called several times (experts) or not at all. */
export interface TowerSite extends Site {
  readonly inputs: number;
  /** Width of each hidden layer, first to last. */
  readonly units: readonly number[];
  /** Builds one tower; towers after the first need a name, which becomes part of the parameter paths. */
  build(name?: string): Layer;
}

/** Where an affine layer stands. */
export interface AffinePlace {
  readonly kind: LayerKind;
  /** Counts the layers of this kind from 0; the factors of one low-rank layer have its number. */
  readonly index: number;
  /** True for a factor of a low-rank kernel: a map x W without bias, one of several that make a layer. */
  readonly factor?: boolean;
}

/** An affine layer, x W + b. `build` gives the layer as the backbone and the plugins after this one make it. */
export interface AffineSite extends Site, AffinePlace {
  readonly inputs: number;
  readonly units: number;
  build(): AffineLayer;
}

/** A normalisation: of a tower's input (identity unless a plugin replaces it) or between an affine layer and its activation. */
export interface NormSite extends Site {
  readonly place: 'input' | 'hidden';
  readonly units: number;
  build(): Layer;
}

/** The output of a hidden layer, after its activation; cross layers have one too. */
export interface HiddenSite extends Site {
  readonly kind: Exclude<LayerKind, 'logit'>;
  /** Counts the layers of this kind from 0. */
  readonly index: number;
  readonly units: number;
}

/** The backbone's logit [rows, 1], before the sigmoid. */
export interface LogitSite extends Site {
  /** Number of fields, F. */
  readonly fields: number;
}
