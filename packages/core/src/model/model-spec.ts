import type { Random } from '@mdctr/tensor';
import type { DependencyContainer } from 'tsyringe';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { NetworkRecord } from '../network/network-record.js';
import type { Diagnostics } from '../plugin/diagnostics.js';
import type { Predict, Step, Variant } from '../plugin/interceptors.js';
import type { Registry } from '../registry/registry.js';
import type { UnitConfig } from './instantiate.js';
import type { Model } from './model.js';

/** Path of the table that holds all fields' embeddings. */
export const EMBEDDING_PATH = 'embedding';

/** @internal The embedding table: one row an id. */
export interface EmbeddingSpec {
  /** Width of one field's embedding. */
  readonly dim: number;
  /** Standard deviation of the first values (normal). */
  readonly initStd: number;
}

/** @internal What a model is made of, options complete. */
export interface ModelSpec {
  readonly embedding: EmbeddingSpec;
  readonly backbone: UnitConfig;
  /** In the config's order: the first is the outermost. */
  readonly plugins: readonly UnitConfig[];
}

/** @internal A model to assemble, on data of some schema. */
export interface AssemblyRequest extends ModelSpec {
  readonly registry: Registry;
  readonly schema: FeatureSchema;
  readonly seed: number;
  /**
   * Share of the rows of label 0 that training sees; 1 by default. Probabilities are those of all rows: p / (p + (1 - p) / rate)
   * for the p of the training rows. Source: He et al., ADKDD 2014, section 6.3.
   */
  readonly negativeSampling?: number;
  /**
   * `targetMeans`: logits are those of the network plus a base margin of the fields that are target means, and the kernels of the
   * network's last maps begin at zero. `none` by default.
   */
  readonly baseMargin?: { readonly kind: 'none' | 'targetMeans' };
}

/** @internal A model with its plugins and its own container. */
export interface AssembledModel {
  readonly model: Model;
  readonly container: DependencyContainer;
  /** Which sites the network has, and who answered there. */
  readonly record: NetworkRecord;
  /** Sets how many training steps are done. */
  setStep(step: number): void;
  /** Steps after which the schedules of all plugins have come to their end; weights of before are not to be kept. */
  readonly settlesAfter: number;
  /** To be called after parameters were written from outside, e.g. restored. */
  reload(): void;
  /** The random streams of backbone and plugins by kind and name; a checkpoint saves where each stands. */
  readonly streams: ReadonlyMap<string, Random>;
  /** Wraps a step, or a prediction, in the plugins' hooks. */
  wrapStep(step: Step): Step;
  wrapPredict(predict: Predict): Predict;
  /** The plugins' further ways to predict, in the config's order; their names are distinct. */
  readonly variants: readonly Variant[];
  /** What plugins have to say after an evaluation, by plugin name. */
  diagnostics(): Readonly<Record<string, Diagnostics>>;
  dispose(): void;
}
