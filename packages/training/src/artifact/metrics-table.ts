import { METRICS, type DomainEvaluation, type Evaluation } from '@mdctr/metrics';
import type { SplitEvaluation } from '../evaluate/evaluate-split.js';
import { bestOf, type EpochResult } from '../loop/results.js';

const NAMES = METRICS.map(({ name }) => name);
const POINT = ['epoch', 'step', 'epochsDone'];
const COLUMNS = ['rows', 'positives', ...NAMES, 'groups', 'groupsWithAuc'];

/** What the table is made of, as metrics.json has it. */
export interface TrainedMetrics {
  readonly evaluations: readonly EpochResult[];
  readonly bestStep: number;
  /** Of the best evaluation's weights; null where there are no test rows. */
  readonly test: SplitEvaluation | null;
}

/**
 * CSV with a line for each evaluation and split, and for each of its domains; docs/reference/artifact.md describes the
 * columns.
 */
export function metricsTable({ evaluations, bestStep, test }: TrainedMetrics): string {
  const lines = evaluations.flatMap((one) => linesOf('validation', one, one.validation));
  const best = bestOf({ evaluations, bestStep });
  if (best) lines.push(...linesOf('test', best, test));
  const header = [...POINT, 'split', 'variant', 'domain', 'trainingLoss', 'learningRate', ...COLUMNS];
  return [header, ...lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

type Cell = string | number | null;

function linesOf(split: string, of: EpochResult, metrics: SplitEvaluation | null): Cell[][] {
  if (!metrics) return [];
  const { epoch, step, epochsDone, loss, learningRate } = of;
  const point = [epoch, step, epochsDone, split];
  const lines = (variant: string, evaluation: Evaluation): Cell[][] => [
    [...point, variant, null, loss, learningRate, ...valuesOf(evaluation)],
    ...evaluation.domains.map((of) => [...point, variant, of.domain, loss, learningRate, ...valuesOf(of)]),
  ];
  return [
    ...lines('', metrics),
    ...Object.entries(metrics.variants ?? {}).flatMap(([variant, evaluation]) => lines(variant, evaluation)),
  ];
}

function valuesOf({ rows, positives, metrics, groups, groupsWithAuc }: Evaluation | DomainEvaluation): Cell[] {
  return [rows, positives, ...NAMES.map((name) => metrics[name] ?? null), groups ?? null, groupsWithAuc ?? null];
}

/** RFC 4180: cells with separators, quotes or line ends stand in quotes. */
function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
