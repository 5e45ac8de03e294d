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
  'groupGauc',
  'groups',
  'groupsWithAuc',
] as const;

/** What the table is made of, as metrics.json has it. */
export interface TrainedMetrics {
  readonly epochs: readonly EpochResult[];
  readonly bestEpoch: number;
  /** Of the best epoch's weights; null where there are no test rows. */
  readonly test: SplitMetrics | null;
}

/**
 * CSV with a line for each epoch and split, and for each of its domains; docs/reference/artifact.md describes the
 * columns.
 */
export function metricsTable({ epochs, bestEpoch, test }: TrainedMetrics): string {
  const lines = epochs.flatMap((epoch) => linesOf('validation', epoch, epoch.validation));
  const best = epochs[bestEpoch - 1];
  if (best) lines.push(...linesOf('test', best, test));
  const header = ['epoch', 'split', 'variant', 'domain', 'trainingLoss', 'learningRate', ...METRICS];
  return [header, ...lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

type Cell = string | number | null;

function linesOf(split: string, of: EpochResult, metrics: SplitMetrics | null): Cell[][] {
  if (!metrics) return [];
  const { epoch, loss, learningRate } = of;
  const lines = (variant: string, own: Metrics): Cell[][] => [
    [epoch, split, variant, null, loss, learningRate, ...valuesOf(own)],
    ...own.domains.map((of) => [epoch, split, variant, of.domain, loss, learningRate, ...valuesOf(of)]),
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
