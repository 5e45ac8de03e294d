import type { Static, TSchema } from 'typebox';
import type { CellKey } from '../results/cell-key.js';
import type { TextTable } from '../text/text-table.js';
import type { AnalysedStudy } from './analysed-study.js';
import type { AnalysisFigures } from './figures.js';

/**
 * A line of the table with the scores that it and the baseline gave the same rows, a pair for each seed that both have.
 */
export interface ScoredComparison extends CellKey {
  /** [N] labels of the rows evaluated. */
  readonly labels: Float32Array;
  /** Of rolling splits: the rows of each fold, whose labels and scores follow one another; at least two. */
  readonly folds?: readonly number[];
  readonly seeds: number;
  /** Own scores and the baseline's, [N] each; one pair is held at a time. */
  readonly pairs: () => Iterable<readonly [Float32Array, Float32Array]>;
}

/** A line of the table with its own scores, and with the baseline's where there is one to compare with (`seeds` 0 where not). */
export interface ScoredLine extends ScoredComparison {
  /** Models of the line, one a seed, whether the baseline has them or not; 0 with rolling splits, whose models are each of one fold. */
  readonly models: number;
  /** [N] scores of each of them; one is held at a time. */
  readonly scores: () => Iterable<Float32Array>;
  /** Trainable numbers of one model. */
  readonly parameters: number;
  /** Microseconds that one model takes for a row, the median over seeds. */
  readonly inferenceUs: number;
}

/** One analysis: what is computed beside the table, its option, its tables and its figures. */
export interface Analysis<
  Key extends string = string,
  Source = unknown,
  Schema extends TSchema = TSchema,
  Result = unknown,
> {
  /** Its key in results, in the section `analyses` of a config, and among those that a terminal shows. */
  readonly key: Key;
  /** Whether it is made of the trials' results, or of their scores when the study has come to its end. */
  readonly from: 'trials' | 'scores';
  /** Schema of its option, `analyses.KEY`. */
  readonly option: Schema;
  /** Whether a terminal shows its tables unless the config says otherwise. */
  readonly shown?: true;
  /**
   * @param option the option's value, or its default
   * @returns undefined where there is nothing to say
   */
  compute(source: Source, option: Static<Schema>): Result | undefined;
  /** @param baseline label of the method that gains are measured against */
  tables(result: Result, baseline: string | null): TextTable[];
  readonly figures?: AnalysisFigures<Result>;
  /** What the option asks for and the results do not have, in sentences. */
  warnings?(study: AnalysedStudy, option: Static<Schema>): string[];
}

/** Gives an analysis of the trials' results its type. */
export const defineAnalysis = <const Key extends string, Schema extends TSchema, Result>(
  analysis: Analysis<Key, AnalysedStudy, Schema, Result> & { from: 'trials' },
) => analysis;

/** Gives an analysis of the trials' scores its type. */
export const defineScoreAnalysis = <const Key extends string, Schema extends TSchema, Result>(
  analysis: Analysis<Key, readonly ScoredLine[], Schema, Result> & { from: 'scores' },
) => analysis;
