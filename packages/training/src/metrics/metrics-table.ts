import type { EpochResult } from '../train.js';
import type { DomainMetrics, Metrics, SplitMetrics } from './evaluate.js';

const METRICS = [
  'rows',
  'positives',
  'auc',
  'gauc',
  'macroAuc',
  'prAuc',
  'logLoss',
  'normalizedEntropy',
  'pcoc',
  'ece',
] as const;

/** What the table is made of, as metrics.json has it. */
export interface TrainedMetrics {
  readonly epochs: readonly EpochResult[];
  readonly bestEpoch: number;
  /** Of the best epoch's weights; null where there are no test rows. */
  readonly test: SplitMetrics | null;
}

/** CSV with a line for each epoch and split, and for each of its domains; docs/artifact.md describes the columns. */
export function metricsTable({ epochs, bestEpoch, test }: TrainedMetrics): string {
  const lines = epochs.flatMap(({ epoch, loss, validation }) => linesOf([epoch, 'validation'], loss, validation));
  const best = epochs[bestEpoch - 1];
  if (best) lines.push(...linesOf([bestEpoch, 'test'], best.loss, test));
  const header = ['epoch', 'split', 'variant', 'domain', 'trainingLoss', ...METRICS];
  return [header, ...lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

type Cell = string | number | null;

function linesOf(place: readonly Cell[], loss: number, metrics: SplitMetrics | null): Cell[][] {
  if (!metrics) return [];
  const lines = (variant: string, own: Metrics): Cell[][] => [
    [...place, variant, null, loss, ...valuesOf(own)],
    ...own.domains.map((domain) => [...place, variant, domain.domain, loss, ...valuesOf(domain)]),
  ];
  return [
    ...lines('', metrics),
    ...Object.entries(metrics.variants ?? {}).flatMap(([variant, own]) => lines(variant, own)),
  ];
}

function valuesOf(metrics: Metrics | DomainMetrics): Cell[] {
  return METRICS.map((name) => (metrics as Partial<Metrics>)[name] ?? null);
}

/** RFC 4180: cells with separators, quotes or line ends stand in quotes. */
function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
