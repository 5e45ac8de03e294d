import type { BatchSource, DomainBatch, HostBatch, LossOptions, Model, Pass } from '@mdctr/core';
import { add, attribute, sigmoidCrossEntropy, tensor, type Scalar, type Tensor } from '@mdctr/tensor';
import { exponentOf, samplingOf, weightsByDomain } from './domain-shares.js';
import type { TrainingOptions } from '../options/options.js';

/** What the training loss is made of, beside the plugins' penalties. */
export interface LossSettings {
  /** s: labels 0 and 1 count as s / 2 and 1 - s / 2; 0 by default. */
  readonly labelSmoothing?: number;
  /** Weight of a row by its domain's id; all 1 by default. */
  readonly weights?: Float32Array | undefined;
}

/** The settings that options and training rows amount to. */
export function lossSettings(options: TrainingOptions, source: BatchSource): LossSettings {
  const { labelSmoothing, domainWeights, domainSampling } = options;
  const exponent = exponentOf(domainWeights);
  if (exponent === 1) return { labelSmoothing };
  const rows = source.rowsByDomain('train');
  const drawn = source.rowsByDomain('train', samplingOf(domainSampling));
  return { labelSmoothing, weights: weightsByDomain(exponent, rows, drawn, source.schema.domains.length) };
}

/** Mean cross entropy of a batch, plus penalties; it depends on `rows` [U, k] and on the parameters' values. */
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

/** Cross entropy plus penalties. */
const totalOf = attribute(
  { site: 'loss' },
  (model: Model, logits: Tensor, batch: DomainBatch, host: HostBatch, settings: LossSettings): Scalar =>
    model.penalties(batch).reduce(add, crossEntropy(logits, host, settings)) as Scalar,
);

/** Mean cross entropy of logits [rows, 1]; smoothed labels, rows weighted by domain. */
function crossEntropy(logits: Tensor, host: HostBatch, { labelSmoothing = 0, weights }: LossSettings): Scalar {
  const { rows, domainIds, domainStarts } = host;
  const labels = host.labels!;
  const targets = labelSmoothing > 0 ? labels.map((y) => y * (1 - labelSmoothing) + labelSmoothing / 2) : labels;
  if (!weights) return sigmoidCrossEntropy(logits, tensor(targets, [rows, 1]));
  const ofRows = new Float32Array(rows);
  domainIds.forEach((domain, g) => ofRows.fill(weights[domain]!, domainStarts[g], domainStarts[g + 1]));
  return sigmoidCrossEntropy(logits, tensor(targets, [rows, 1]), tensor(ofRows, [rows, 1]));
}
