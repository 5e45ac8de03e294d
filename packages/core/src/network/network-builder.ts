import { ACTIVATIONS } from '@mdctr/tensor';
import { Type, type Static, type TObject } from 'typebox';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { HiddenInterceptor } from '../plugin/interceptors.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';
import type { AffinePlace, HiddenSite } from './sites.js';

/** Options of a tower. Spread them into the option schema of a backbone: `Type.Object({ ...towerOptions, ... })`. */
export const towerOptions = {
  hiddenUnits: Type.Array(Type.Integer({ minimum: 1 }), {
    minItems: 1,
    default: [512, 256, 128],
    width: true,
    description: 'Width of each hidden layer, first to last.',
  }),
  activation: Type.Enum([...ACTIVATIONS], { default: 'relu', description: 'Activation of the hidden layers.' }),
  batchNorm: Type.Boolean({ default: false, description: 'Batch normalisation between affine map and activation.' }),
  dropout: Type.Number({
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    description: 'Share of hidden outputs set to 0 in training.',
  }),
};

export type TowerOptions = Static<TObject<typeof towerOptions>>;

/** Position of a hidden layer in the backbone. */
export type HiddenPlace = Pick<HiddenSite, 'kind' | 'index'>;

/** What plugins do at a residual layer, x + f(x). Run `sum(x + branch(f(x)))`. */
export interface ResidualInterceptors {
  /** Undefined where no plugin changes the branch, so that x + f(x) may be computed at once. */
  readonly branch: HiddenInterceptor | undefined;
  readonly sum: HiddenInterceptor;
}

/** A built tower with the width of its output. */
export type Tower = Layer & { readonly outputs: number };

/**
 * Builds the layers of a backbone. Each call creates a layer and offers its sites to the plugins. Parameters are named
 * after the backbone and the layer, e.g. `dnn/deep/0/kernel`.
 */
export interface NetworkBuilder {
  readonly schema: FeatureSchema;
  /** Width of one field's embedding, k. */
  readonly dim: number;
  /** Width of all embedded fields concatenated, F * k. */
  readonly inputs: number;

  /**
   * A stack of hidden layers. Each is an affine map, batch normalisation if `batchNorm` is set, activation, and dropout.
   * It offers the sites `tower`, `norm` (at its input and in each layer), and `affine` and `hidden` for each layer.
   */
  tower(name: string, inputs: number, options: TowerOptions): Tower;

  /**
   * An affine layer with an `affine` site: x [rows, inputs] -> [rows, units]. Its parameters are `BACKBONE/name/kernel`
   * and `BACKBONE/name/bias`. A factor of a low-rank kernel has a single parameter, `BACKBONE/name`.
   */
  affine(name: string, inputs: number, units: number, place: AffinePlace): AffineLayer;

  /** Offers the `hidden` site of a layer that the backbone computes itself. */
  hidden(name: string, units: number, place: HiddenPlace): HiddenInterceptor;

  /** Offers the sites `hidden` and `residual` of a residual layer that the backbone computes itself, e.g. a cross layer. */
  residual(name: string, units: number, place: HiddenPlace): ResidualInterceptors;

  /** The last affine layer: x [rows, inputs] -> logit [rows, 1]. */
  logit(name: string, inputs: number): Layer;

  /** A scope for further parameters of the backbone, `BACKBONE/name`. */
  scope(name: string): ParameterScope;
}

/** Interface of backbones, which map embedded fields to a logit. */
export interface BackboneBuilder {
  /** Builds the network. Called once, or once for each copy that a plugin makes. The result runs on every forward pass. */
  build(net: NetworkBuilder): Forward;
}
