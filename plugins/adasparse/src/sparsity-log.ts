import type { DomainBatch, FeatureSchema } from '@mdctr/core';

interface Count {
  cut: number;
  total: number;
}

/** Adds up, over an evaluation, how many neurons of each layer were cut for each domain. */
export class SparsityLog {
  private readonly layers = new Map<string, Map<number, Count>>();

  constructor(private readonly schema: FeatureSchema) {}

  /** `cut` is the number of cut neurons by group of the batch, every row counted. */
  add(path: string, batch: DomainBatch, cut: readonly number[], units: number): void {
    let domains = this.layers.get(path);
    if (!domains) this.layers.set(path, (domains = new Map()));
    cut.forEach((cutHere, g) => {
      const domain = batch.domainIds[g]!;
      const rows = batch.domainStarts[g + 1]! - batch.domainStarts[g]!;
      const count = domains.get(domain) ?? { cut: 0, total: 0 };
      domains.set(domain, { cut: count.cut + cutHere, total: count.total + rows * units });
    });
  }

  /** Share of cut neurons by layer: over all rows and by domain label. Starts anew afterwards. */
  take(): Record<string, { overall: number; domains: Record<string, number> }> {
    const report = Object.fromEntries(
      [...this.layers].map(([path, domains]) => {
        const sum = [...domains.values()].reduce((a, b) => ({ cut: a.cut + b.cut, total: a.total + b.total }));
        const byDomain = [...domains].map(([id, { cut, total }]) => [this.schema.domains[id]!, cut / total] as const);
        return [path, { overall: sum.cut / sum.total, domains: Object.fromEntries(byDomain) }];
      }),
    );
    this.layers.clear();
    return report;
  }
}
