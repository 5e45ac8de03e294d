import { Random, firstOf } from '@mdctr/base';
import type { BatchOptions, BatchSource, HostBatch, Step, StepContext, AssembledModel } from '@mdctr/core';
import { type Optimizer } from '@mdctr/tensor';
import { TrainingAverage } from '../averaging/training-average.js';
import { accumulatedStep, inGroups } from './accumulate.js';
import { Divergence } from './divergence.js';
import { needsFrequencies } from '../loss/regularization.js';
import { samplingOf } from '../loss/domain-shares.js';
import { lossSettings, type LossSettings } from '../loss/loss.js';
import { createOptimizer } from './create-optimizer.js';
import type { TrainingOptions } from '../options/options.js';
import { rateFactor } from '../schedule/rate-factor.js';
import { plainStep, stepContext } from './step.js';

/** The steps of one training, one after the other: which batches they have, at what rate, and how they are run. */
export class TrainingSteps {
  readonly optimizer: Optimizer;
  /** What dropout draws from. */
  readonly random: Random;
  readonly settings: LossSettings;
  /** Of an epoch on average, where epochs have more and less: with `negativeSampling` they do. */
  readonly stepsAnEpoch: number;
  /** Steps of all epochs. */
  readonly plannedSteps: number;
  /** Undefined where weights are not averaged. */
  readonly average: TrainingAverage | undefined;
  /** Steps of each epoch; a single number where all have as many. */
  private readonly counts: readonly number[];
  private readonly batching: BatchOptions;
  private readonly step: Step;
  private readonly context: StepContext;

  constructor(
    private readonly assembled: AssembledModel,
    private readonly source: BatchSource,
    private readonly options: TrainingOptions,
    private readonly seed: number,
  ) {
    const { batchSize, batchDomains, domainSampling, epochs, unknownRate, negativeSampling } = options;
    this.batching = { batchSize, domains: batchDomains, unknownRate, ...samplingOf(domainSampling) };
    const counted = negativeSampling < 1 ? epochs : 1;
    this.counts = Array.from({ length: counted }, (_, i) => this.count(i + 1));
    const steps = this.counts.reduce((sum, count) => sum + count, 0);
    this.stepsAnEpoch = Math.round(steps / counted);
    this.plannedSteps = (epochs / counted) * steps;
    this.optimizer = createOptimizer(options);
    this.random = new Random(seed).fork('dropout');
    this.settings = lossSettings(options, source);
    const { averaging } = options;
    this.average =
      averaging.kind === 'none'
        ? undefined
        : new TrainingAverage(assembled.model, this.optimizer, averaging, this.plannedSteps);
    const { regularization, accumulate } = options;
    const frequencies = needsFrequencies(regularization)
      ? { occurrences: source.occurrences(), rowsAStep: batchSize * accumulate }
      : undefined;
    const stepOptions = { ...options, ...this.settings, frequencies, average: this.average };
    this.context = stepContext(assembled.model, this.optimizer, this.random, stepOptions);
    this.step = assembled.wrapStep(plainStep);
  }

  /** Steps of an epoch, from 1. */
  stepsOf(epoch: number): number {
    return this.counts.length === 1 ? this.counts[0]! : (this.counts[epoch - 1] ?? this.count(epoch));
  }

  private count(epoch: number): number {
    return Math.ceil(this.source.count('train', this.passOf(epoch)) / this.options.accumulate);
  }

  private passOf(epoch: number): BatchOptions {
    const { seed } = this;
    const rate = this.options.negativeSampling;
    return { ...this.batching, shuffle: { seed, epoch }, ...(rate < 1 && { negatives: { rate, seed, epoch } }) };
  }

  /** The batches of each step of an epoch (from 1), without those of the first `skip` steps. */
  batches(epoch: number, skip = 0): AsyncIterable<HostBatch[]> {
    const { accumulate } = this.options;
    const pass = { ...this.passOf(epoch), skip: skip * accumulate };
    return inGroups(this.source.batches('train', pass), accumulate);
  }

  /** Learning rate of the step that comes after `done` steps; `factor` is that of a plateau. */
  rateAfter(done: number, factor = 1): number {
    const { optimizer, schedule } = this.options;
    const { stepsAnEpoch, plannedSteps } = this;
    return optimizer.learningRate * rateFactor(schedule, { step: done, stepsAnEpoch, plannedSteps }) * factor;
  }

  /**
   * One step; gives the loss.
   * @throws Divergence before the update if the loss is no number or too large; MdctrError MDCTR_TRAINING_ACCUMULATE.
   */
  run(batches: readonly HostBatch[], done: number, factor = 1): number {
    this.assembled.setStep(done);
    this.average?.prepare(done);
    this.optimizer.learningRate = this.rateAfter(done, factor);
    const loss =
      this.options.accumulate > 1
        ? accumulatedStep(this.step, batches, this.context)
        : this.step(firstOf(batches), this.context);
    if (!Number.isFinite(loss)) throw new Divergence(loss, 'a plugin gave this loss');
    return loss;
  }

  dispose(): void {
    this.average?.dispose();
    this.optimizer.dispose();
  }
}
