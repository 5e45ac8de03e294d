import type { Model } from '@mdctr/core';
import { WeightAverage, type AverageState, type Optimizer, type Parameter } from '@mdctr/tensor';
import type { AveragingOptions } from './options.js';

/**
 * The averaged weights of a training. Source of `ema`: Polyak and Juditsky, SIAM J. Control Optim. 1992, with the warm-up of
 * TensorFlow's ExponentialMovingAverage; of `swa`: Izmailov et al., UAI 2018, arXiv 1803.05407, taken after every step.
 */
export class TrainingAverage {
  private readonly average: WeightAverage;

  /** `plannedSteps`: those of all epochs. */
  constructor(
    { store, table }: Model,
    optimizer: Optimizer,
    private readonly options: Exclude<AveragingOptions, { kind: 'none' }>,
    private readonly plannedSteps: number,
  ) {
    this.average = new WeightAverage(optimizer, store.list().filter(isAveraged), table, decayOf(options));
  }

  /** To be called before a step, with the steps done so far. */
  prepare(done: number): void {
    const from = this.options.kind === 'swa' ? this.options.from * this.plannedSteps : 0;
    if (!this.average.begun && done >= from) this.average.begin();
  }

  /** To be called before the optimizer's step, with the rows that it will update. */
  beforeStep(ids: Int32Array): void {
    this.average.beforeStep(ids);
  }

  /** To be called after the optimizer's step, with the rows that it has updated. */
  afterStep(ids: Int32Array): void {
    this.average.afterStep(ids);
  }

  /** To be called before the optimizer is flushed. */
  flush(): void {
    this.average.flush();
  }

  /** Exchanges the model's weights and the averages, if there are any yet. */
  swap(): void {
    this.average.swap();
  }

  exportState(): AverageState | undefined {
    return this.average.exportState();
  }

  importState(state: AverageState): void {
    this.average.importState(state);
  }

  dispose(): void {
    this.average.dispose();
  }
}

/** d of the n-th averaged step. */
function decayOf(options: Exclude<AveragingOptions, { kind: 'none' }>): (n: number) => number {
  if (options.kind === 'swa') return (n) => (n - 1) / n;
  const { decay } = options;
  return (n) => Math.min(decay, (1 + n) / (10 + n));
}

/**
 * Trainable parameters, and the moving statistics of batch normalisation, which belong to them. Other states stay those of the
 * last step: the step of schedules, and statistics by domain with counts of their own.
 */
const isAveraged = ({ path, shape, trainable }: Parameter): boolean =>
  trainable || (shape.length === 1 && /\/(mean|variance)$/.test(path));
