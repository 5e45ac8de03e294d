import type { DiagnosticMatrix, DomainBatch, FeatureSchema } from '@mdctr/core';

/** Pairs grow with the square of their number, and a map of more domains cannot be read. */
const LARGEST_DOMAINS = 30;

interface Kept {
  rows: number;
  /** [units] rows for which the neuron was kept. */
  readonly counts: Float64Array;
}

/** Adds up, over an evaluation, for how many rows of each domain every neuron was kept. */
export class KeptNeurons {
  private readonly layers = new Map<string, Map<number, Kept>>();

  constructor(private readonly schema: FeatureSchema) {}

  /** `factors` is [G, N], or [B, N] when they differ by row; both row-major. */
  add(path: string, batch: DomainBatch, factors: Float32Array, units: number, byRow: boolean): void {
    let domains = this.layers.get(path);
    if (!domains) this.layers.set(path, (domains = new Map()));
    for (const [g, domain] of batch.domainIds.entries()) {
      const [begin, end] = [batch.domainStarts[g]!, batch.domainStarts[g + 1]!];
      let kept = domains.get(domain);
      if (!kept) domains.set(domain, (kept = { rows: 0, counts: new Float64Array(units) }));
      kept.rows += end - begin;
      const [first, last, weight] = byRow ? [begin, end, 1] : [g, g + 1, end - begin];
      for (let line = first; line < last; line++) {
        for (let n = 0; n < units; n++) if (factors[line * units + n] !== 0) kept.counts[n]! += weight;
      }
    }
  }

  /** What reports draw: the share of cut neurons, and how far domains keep the same ones. Starts anew afterwards. */
  take(): DiagnosticMatrix[] {
    const layers = [...this.layers.keys()];
    const matrices = layers.length === 0 ? [] : [this.sparsity(layers), ...layers.map((path) => this.overlap(path))];
    this.layers.clear();
    return matrices;
  }

  private sparsity(layers: readonly string[]): DiagnosticMatrix {
    const domains = this.bySize(layers[0]!);
    const cut = (path: string, domain: number): number | null => {
      const kept = this.layers.get(path)!.get(domain);
      return kept ? round(1 - sum(kept.counts) / (kept.rows * kept.counts.length)) : null;
    };
    return {
      name: 'share of cut neurons',
      meaning: 'Share of the layer’s neurons whose factor is exactly 0 for the domain; 0 keeps the whole layer.',
      rows: domains.map((id) => this.schema.domains[id]!),
      columnsAre: 'layers',
      columns: layers,
      values: domains.map((domain) => layers.map((path) => cut(path, domain))),
      range: [0, 1],
    };
  }

  private overlap(path: string): DiagnosticMatrix {
    const domains = this.bySize(path).slice(0, LARGEST_DOMAINS);
    const labels = domains.map((id) => this.schema.domains[id]!);
    const kept = domains.map((id) => this.layers.get(path)!.get(id)!);
    return {
      name: 'overlap of kept neurons',
      meaning:
        'Neurons kept for both domains, as a share of those kept for at least one (Jaccard); 1 is the same subnetwork.',
      rows: labels,
      columnsAre: 'domains',
      columns: labels,
      layer: path,
      values: kept.map((a) => kept.map((b) => jaccard(a, b))),
      range: [0, 1],
    };
  }

  /** Ids of domains, most rows first. */
  private bySize(path: string): number[] {
    return [...this.layers.get(path)!].sort((a, b) => b[1].rows - a[1].rows || a[0] - b[0]).map(([id]) => id);
  }
}

/** Of the shares of rows that keep a neuron, sum of minima by sum of maxima: of sets, where a domain keeps it always or never. */
function jaccard(a: Kept, b: Kept): number | null {
  let [both, any] = [0, 0];
  a.counts.forEach((count, n) => {
    const [shareA, shareB] = [count / a.rows, b.counts[n]! / b.rows];
    both += Math.min(shareA, shareB);
    any += Math.max(shareA, shareB);
  });
  return any === 0 ? null : round(both / any);
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
/** Four digits are more than a colour shows, and keep files small. */
const round = (value: number): number => Math.round(value * 1e4) / 1e4;
