import type { DomainBatch, FeatureSchema } from '@mdctr/core';

interface Count {
  cut: number;
  total: number;
}

/** Adds up, over an evaluation, how many neurons of each layer were cut for each domain. */
export class SparsityLog {
  private readonly layers = new Map<string, Map<number, Count>>();

  constructor(private readonly schema: FeatureSchema) {}

  /** `factors` is [G, N], or [B, N] when they differ by row; both row-major. Rows weigh equally. */
  add(path: string, batch: DomainBatch, factors: Float32Array, units: number): void {
    let domains = this.layers.get(path);
    if (!domains) this.layers.set(path, (domains = new Map()));
    const byRow = factors.length === batch.rows * units && batch.rows !== batch.groups;
    for (let g = 0; g < batch.groups; g++) {
      const begin = batch.domainStarts[g]!;
      const end = batch.domainStarts[g + 1]!;
      const cut = byRow
        ? zerosIn(factors, begin * units, end * units)
        : zerosIn(factors, g * units, (g + 1) * units) * (end - begin);
      const domain = batch.domainIds[g]!;
      const count = domains.get(domain) ?? { cut: 0, total: 0 };
      domains.set(domain, { cut: count.cut + cut, total: count.total + (end - begin) * units });
    }
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

function zerosIn(values: Float32Array, begin: number, end: number): number {
  let zeros = 0;
  for (let i = begin; i < end; i++) if (values[i] === 0) zeros++;
  return zeros;
}
