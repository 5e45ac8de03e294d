/** Where a training step's time goes; all times are in milliseconds. */
export interface TrialProfile {
  /** Measured steps of each variant. */
  readonly steps: number;
  /** Rows of a step. */
  readonly rowsPerStep: number;
  /** The plain backbone, it with each plugin alone, and with all. */
  readonly variants: readonly VariantTime[];
  /** Name of the variant that the rest is about: the config's model. */
  readonly model: string;
  /** What the clock on every op adds to a step of it, block against block. */
  readonly overhead: Ratio;
  /** Mean of the half of its clocked steps that is nearest to the median; `sites` add up to it, and so do `ops` and the rest. */
  readonly step: StepTime;
  readonly sites: readonly SiteTime[];
  /** The longest first. */
  readonly ops: readonly OpShare[];
}

export interface VariantTime {
  readonly name: string;
  readonly plugins: readonly string[];
  /** Median over the measured steps, waiting for the batch included. */
  readonly ms: number;
  /** Median of each block, in the order in which they ran. */
  readonly blocks: readonly number[];
  /** To the plain backbone, block against block; null for the plain backbone. */
  readonly ratio: Ratio | null;
  /** Trained numbers. */
  readonly parameters: { readonly dense: number; readonly embeddings: number };
  /** Of a forward pass; a multiply-add is two. */
  readonly flopsPerRow: number;
}

/** Medians of one block over those of another that ran right before or after it. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface StepTime {
  readonly ms: number;
  /** Steps that the mean is of. */
  readonly steps: number;
  /** In ops. */
  readonly opsMs: number;
  /** In none: JavaScript between ops. */
  readonly betweenOpsMs: number;
  /** Waiting for the batch. */
  readonly waitMs: number;
}

/** Wall time of one site or part of the step, or of a plugin there. */
export interface SiteTime {
  /** e.g. `deep/0`; `backbone` is what the backbone does between its layers, `step` what is in no other. */
  readonly site: string;
  /** The plugin whose work this is; null for the backbone's and mdctr's own. */
  readonly plugin: string | null;
  readonly ms: number;
  readonly forwardMs: number;
  readonly backwardMs: number;
  /** Share of the step, 0 to 1. */
  readonly share: number;
  /** In ops; the rest of `ms` is JavaScript. */
  readonly opsMs: number;
  /** The longest first. */
  readonly ops: readonly OpShare[];
  /** Of a forward pass. */
  readonly flopsPerRow: number;
  /** Trained numbers, embedding table not included. */
  readonly parameters: number;
}

export interface OpShare {
  /** TensorFlow's name; `Mdctr...` are kernels of our own; names in brackets are no ops but moves of memory. */
  readonly op: string;
  /** A step, mean. */
  readonly calls: number;
  readonly ms: number;
  readonly share: number;
}
