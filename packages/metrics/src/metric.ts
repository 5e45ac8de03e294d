import type { GroupAuc } from './ranking/group-auc.js';
import type { Ranking } from './ranking/ranking.js';

/** Values of metrics by name; null where a metric is undefined, absent where rows lack what it needs. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** Where a metric has a column. results.json and metrics.json have all of them. */
export type Place = 'terminal' | 'markdown' | 'latex' | 'html';

/** Every table, and the lines that a training prints. */
export const EVERYWHERE: readonly Place[] = ['terminal', 'markdown', 'latex', 'html'];

/** What rows must have beside scores, labels and domains, and how a config gives it. */
export interface Need {
  readonly rows: 'groups';
  /** Option that names the column. */
  readonly option: string;
  /** What to write in its absence. */
  readonly hint: string;
}

/** How a metric is shown. */
export interface Appearance {
  /** Heading of its column, in lower case but for names. */
  readonly label: string;
  readonly decimals: number;
  readonly shownIn: readonly Place[];
  /** A sentence below tables that have its column. */
  readonly note?: string;
}

/** One metric of scored rows. */
export interface Metric<Name extends string = string> extends Appearance {
  /** Its key in configs and results. */
  readonly name: Name;
  /** What it is and when it is undefined, in Markdown, for the documents. */
  readonly description: string;
  /** null where neither end is better; such a metric chooses no epochs, and has no gains. */
  readonly better: 'higher' | 'lower' | null;
  /** Whether each domain has a value of its own, as all rows together do. */
  readonly byDomain: boolean;
  readonly needs?: Need;
  /** null where it is undefined. */
  compute(rows: EvaluatedRows): number | null;
  /** Why it is undefined for these rows, in a few words. */
  whyUndefined?(counts: RowCounts): string;
}

/** One metric of a model against the baseline, made of the values that both have in another metric. */
export interface ComparisonMetric<Name extends string = string> extends Appearance {
  readonly name: Name;
  readonly description: string;
  readonly better: 'higher' | 'lower';
  /** Name of the metric that is compared. */
  readonly of: string;
  /** null where it is undefined. */
  compare(value: number, baseline: number): number | null;
}

/** How many rows there are of what. */
export interface RowCounts {
  readonly rows: number;
  /** Clicks. */
  readonly positives: number;
  /** Groups that have rows; absent where rows have none. */
  readonly groups?: number;
  /** Those of them that have rows of both classes. */
  readonly groupsWithAuc?: number;
}

/** Scored rows, with what several metrics are made of: each of it computed once, when it is first asked for. */
export interface EvaluatedRows {
  /** [N] click probabilities. */
  readonly scores: Float32Array;
  /** [N] 0 or 1. */
  readonly labels: Float32Array;
  /** Scores of each class, sorted. */
  readonly ranking: Ranking;
  /** AUC inside groups; undefined where rows have none. */
  readonly groupAuc: GroupAuc | undefined;
  /** The rows of each domain that has any, most rows first; none for rows of one domain. */
  readonly domains: readonly EvaluatedRows[];
  /** The value of another metric for the same rows. */
  value(metric: Metric): number | null;
}

/** Gives a metric its type, with its name as a literal. */
export const defineMetric = <const Name extends string>(metric: Metric<Name>): Metric<Name> => metric;
