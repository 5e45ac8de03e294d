import type { EvaluatedRows, Metric } from './metric.js';
import { groupAuc, type GroupAuc } from './ranking/group-auc.js';
import { rank, type Ranking } from './ranking/ranking.js';

/** `EvaluatedRows` that remember what they have computed. */
export class CachedRows implements EvaluatedRows {
  private sorted: Ranking | undefined;
  private grouped: GroupAuc | undefined;
  private readonly values = new Map<Metric, number | null>();

  constructor(
    readonly scores: Float32Array,
    readonly labels: Float32Array,
    /** [N] group of each row, -1 for none. */
    private readonly groups: Int32Array | undefined,
    readonly domains: readonly EvaluatedRows[] = [],
  ) {}

  get ranking(): Ranking {
    return (this.sorted ??= rank(this.scores, this.labels));
  }

  get groupAuc(): GroupAuc | undefined {
    return (this.grouped ??= this.groups && groupAuc(this.scores, this.labels, this.groups));
  }

  value(metric: Metric): number | null {
    let value = this.values.get(metric);
    if (value === undefined) {
      value = metric.compute(this);
      this.values.set(metric, value);
    }
    return value;
  }
}
