import type { BatchSource, DomainBatch, HostBatch, LossOptions, Model, Pass } from '@mdctr/core';
import {
  add,
  attribute,
  mul,
  sigmoidCrossEntropy,
  sigmoidFocalLoss,
  tensor,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import { exponentOf, samplingOf, weightsByDomain } from './domain-shares.js';
import type { TrainingOptions } from '../options/options.js';
import type { ClassWeights, TrainingLoss } from './options.js';
import { pairwiseLoss } from './pairwise.js';

/** What the training loss is made of, beside the plugins' penalties. */
export interface LossSettings {
  /** s: labels 0 and 1 count as s / 2 and 1 - s / 2; 0 by default. */
  readonly labelSmoothing?: number;
  /** Weight of a row by its domain's id; all 1 by default. */
  readonly weights?: Float32Array | undefined;
  /** Weight of a row by its label; both 1 by default. */
  readonly classWeights?: ClassWeights;
  /** Share of the rows without a click that the loss is of; 1 by default. Variants adapt on such rows. */
  readonly negativeSampling?: number;
  /** Log loss by default. */
  readonly loss?: TrainingLoss;
}

/** The settings that options and training rows amount to. */
export function lossSettings(options: TrainingOptions, source: BatchSource): LossSettings {
  const { labelSmoothing, domainWeights, domainSampling, classWeights, negativeSampling, loss } = options;
  const settings = { labelSmoothing, classWeights, negativeSampling, loss };
  const exponent = exponentOf(domainWeights);
  if (exponent === 1) return settings;
  const rows = source.rowsByDomain('train');
  const drawn = source.rowsByDomain('train', samplingOf(domainSampling));
  return { ...settings, weights: weightsByDomain(exponent, rows, drawn, source.schema.domains.length) };
}

/** The loss of a batch that the settings name, plus penalties; it depends on `rows` [U, k] and on the parameters' values. */
export function lossOf(
  model: Model,
  host: HostBatch,
  rows: Tensor,
  pass: Pass,
  settings: LossSettings,
  { values, holdStates }: LossOptions = {},
): Scalar {
  const run = (): Scalar => {
    const { logits, batch } = model.run(rows, host, pass);
    return totalOf(model, logits, batch, host, settings);
  };
  const held = holdStates ? () => model.store.holdStates(run) : run;
  return values ? model.store.withValues(values, held) : held();
}

/** The loss of the rows, plus penalties. */
const totalOf = attribute(
  { site: 'loss' },
  (model: Model, logits: Tensor, batch: DomainBatch, host: HostBatch, settings: LossSettings): Scalar =>
    model.penalties(batch).reduce(add, lossOfRows(logits, host, settings)) as Scalar,
);

/** What the options call the loss, of logits [rows, 1]. */
function lossOfRows(logits: Tensor, host: HostBatch, settings: LossSettings): Scalar {
  const { loss } = settings;
  const ofRows = meanOfRows(logits, host, settings);
  if (loss?.kind !== 'pairwise') return ofRows;
  const log = mul(ofRows, 1 - loss.weight) as Scalar;
  const ofPairs = pairwiseLoss(logits, host);
  return ofPairs ? (add(log, mul(ofPairs, loss.weight)) as Scalar) : log;
}

/** Mean cross entropy or focal loss of logits [rows, 1]; smoothed labels, rows weighted by domain, by label and as the data say. */
function meanOfRows(logits: Tensor, host: HostBatch, settings: LossSettings): Scalar {
  const { labelSmoothing = 0, loss } = settings;
  const { rows } = host;
  const labels = host.labels!;
  const targets = labelSmoothing > 0 ? labels.map((y) => y * (1 - labelSmoothing) + labelSmoothing / 2) : labels;
  const weights = rowWeights(host, settings);
  const inputs = [logits, tensor(targets, [rows, 1]), weights && tensor(weights, [rows, 1])] as const;
  return loss?.kind === 'focal' ? sigmoidFocalLoss(loss.gamma, ...inputs) : sigmoidCrossEntropy(...inputs);
}

/** [rows] what each row counts; undefined where all count 1. */
function rowWeights(
  { rows, labels, weights: given, domainIds, domainStarts }: HostBatch,
  { weights, classWeights, loss }: LossSettings,
): Float32Array | undefined {
  const { positive = 1, negative = 1 } = classWeights ?? {};
  const alpha = loss?.kind === 'focal' ? loss.alpha : undefined;
  const ofClicks = positive * (alpha ?? 1);
  const ofOthers = negative * (alpha === undefined ? 1 : 1 - alpha);
  if (!weights && !given && ofClicks === 1 && ofOthers === 1) return undefined;
  const ofRows = new Float32Array(rows).fill(1);
  domainIds.forEach((domain, g) => ofRows.fill(weights?.[domain] ?? 1, domainStarts[g], domainStarts[g + 1]));
  return ofRows.map((weight, i) => weight * (given?.[i] ?? 1) * (labels![i]! > 0 ? ofClicks : ofOthers));
}
