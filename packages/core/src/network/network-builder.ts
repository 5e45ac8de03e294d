import { ACTIVATIONS } from '@mdctr/tensor';
import { Type, type Static, type TObject } from 'typebox';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { HiddenInterceptor } from '../plugin/interceptors.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';
import type { AffinePlace } from './sites.js';

/** Options of a tower, to be spread into a backbone's option schema: `Type.Object({ ...towerOptions, ... })`. */
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

/** A built tower and the width of what it gives. */
export type Tower = Layer & { readonly outputs: number };

/**
 * What a backbone builds itself with. Each call makes a layer and announces its sites to the plugins; parameters are
 * named after the backbone and the layer, e.g. `dnn/deep/0/kernel`.
 */
export interface NetworkBuilder {
  readonly schema: FeatureSchema;
  /** Width of one field's embedding, k. */
  readonly dim: number;
  /** Width of all embedded fields side by side, F * k. */
  readonly inputs: number;

  /**
   * Hidden layers: affine, norm (if `batchNorm`), activation, hidden site, dropout. Announces the sites `tower`, `norm`
   * (of its input and of each layer), and for each layer `affine` and `hidden`.
   */
  tower(name: string, inputs: number, options: TowerOptions): Tower;

  /**
   * An affine layer x [rows, inputs] -> [rows, units] with an `affine` site. Its parameters are `BACKBONE/name/kernel`
   * and `bias`; a factor of a low-rank kernel has one parameter, `BACKBONE/name`.
   */
  affine(name: string, inputs: number, units: number, place: AffinePlace): AffineLayer;

  /** Announces the `hidden` site of a layer that the backbone computes itself, e.g. a cross layer. */
  hidden(name: string, units: number, place: { kind: 'deep' | 'cross'; index: number }): HiddenInterceptor;

  /** The last affine layer: x [rows, inputs] -> logit [rows, 1]. */
  logit(name: string, inputs: number): Layer;

  /** Parameters of the backbone's own, under `BACKBONE/name`. */
  scope(name: string): ParameterScope;
}

/** A backbone: turns embedded fields into a logit. */
export interface BackboneBuilder {
  /** Called once a trial, or once a copy where a plugin builds several; what it returns runs on every forward pass. */
  build(net: NetworkBuilder): Forward;
}
