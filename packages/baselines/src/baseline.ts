import type { EncodedData } from '@mdctr/data';
import type { TSchema } from 'typebox';

/** What a baseline is fitted to. */
export interface BaselineInput {
  /** Encoded rows with labels; those of test rows are NaN (`withoutTestLabels`). */
  readonly data: LabelledData;
  readonly seed: number;
  /** How many sets of options it may try, at least 1: as many as a network of the study has. */
  readonly trials: number;
  /** Validation metric that chooses between them. */
  readonly selectBy: string;
  /** Threads that it may compute with. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export type LabelledData = EncodedData & { readonly labels: Float32Array };

/** What a fitted baseline says of the rows that it was not fitted to. */
export interface BaselineFit {
  /** Click probabilities by ascending row of the split. */
  readonly scores: SplitScores;
  /** The options that were chosen, and what else was found: for results.json. */
  readonly chosen: Readonly<Record<string, unknown>>;
}

export interface SplitScores {
  readonly validation: Float32Array;
  readonly test: Float32Array;
}

/** A way to predict clicks that takes seconds and no faith, for networks to be compared with. */
export interface Baseline<Options = Readonly<Record<string, unknown>>> {
  /** Its name in configs. */
  readonly name: string;
  /** Its name in tables, unless the config gives another. */
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  /** Schema of its options, each with a default and a description. */
  readonly options: TSchema & { readonly properties: Record<string, TSchema> };
  /** Whether its scores depend on the seed. One that they do not is run once, whatever seeds a study has. */
  readonly seeded: boolean;
  /** Says in one sentence what this machine lacks for it, and how to get it; undefined for nothing. */
  readonly lacks?: () => Promise<string | undefined>;
  /**
   * Fits it to the training rows; validation rows choose its options and when it stops.
   * @throws MdctrError MDCTR_BASELINE_SCRIPT; the reason of `input.signal`.
   */
  fit(input: BaselineInput, options: Options): Promise<BaselineFit>;
}

/** Gives a baseline the type of its options. */
export const defineBaseline = <Options>(baseline: Baseline<Options>): Baseline<Options> => baseline;
