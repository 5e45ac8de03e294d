import { median } from '@mdctr/base';
import type { AssembledModel, BatchSource } from '@mdctr/core';
import { scoreBy } from '@mdctr/metrics';
import { CheckpointTimer } from '../checkpoint/checkpoint-timer.js';
import { arraysOf, SnapshotPlace, writeArrays, type Snapshot } from '../checkpoint/snapshot.js';
import { captureState, newProgress, restoreState, type TrainingProgress } from '../checkpoint/training-state.js';
import { evaluateSplit, type SplitEvaluation } from '../evaluate/evaluate-split.js';
import type { TrainingOptions } from '../options/options.js';
import { afterEpoch } from '../schedule/plateau.js';
import type { TrainingResult } from './results.js';
import { selectAfter } from './select-epoch.js';
import type { TrainingContext } from './training-context.js';
import { TrainingSteps } from './training-steps.js';

/** Steps at the beginning that do not count for the time of a step: they fill caches. */
const WARM_UP = 3;

/** One training, epoch by epoch. */
export class TrainingRun {
  /** How far it has come; a checkpoint saves it. */
  readonly progress: TrainingProgress;
  private readonly steps: TrainingSteps;
  private readonly timer: CheckpointTimer;
  private readonly place: SnapshotPlace;
  /** Values of the best epoch, where they are not those that the model has. */
  private bestValues: Snapshot | undefined;
  /** Milliseconds of each step since the start, or the last resumption. */
  private readonly times: number[] = [];

  constructor(
    private readonly assembled: AssembledModel,
    private readonly source: BatchSource,
    private readonly options: TrainingOptions,
    private readonly context: TrainingContext,
  ) {
    const { seed, saveTo, resumeFrom } = context;
    this.steps = new TrainingSteps(assembled, source, options, seed);
    this.timer = new CheckpointTimer(options.checkpoint, saveTo);
    this.place = new SnapshotPlace(saveTo?.checkpoints.directory);
    this.progress = resumeFrom?.progress ?? newProgress();
  }

  get done(): boolean {
    return this.progress.done;
  }

  /** Puts everything where the checkpoint has it, if there is one. */
  async resume(): Promise<void> {
    const { resumeFrom } = this.context;
    if (!resumeFrom) return;
    restoreState(this.parts, resumeFrom);
    // The checkpoint that they are in goes when the next one is written.
    if (resumeFrom.best) this.bestValues = await this.place.take(resumeFrom.best.arrays);
  }

  /** Runs the steps of the epoch that are left. */
  async trainEpoch(): Promise<void> {
    const { progress, steps, timer, times } = this;
    const { onStep, signal } = this.context;
    let began = performance.now();
    for await (const batches of steps.batches(progress.epoch, progress.stepsInEpoch)) {
      const loss = steps.run(batches, progress.steps, progress.plateau.factor);
      progress.steps++;
      progress.stepsInEpoch++;
      progress.lossSum += loss;
      times.push(performance.now() - began);
      onStep?.(progress.steps, steps.plannedSteps, loss, steps.optimizer.learningRate);
      if (signal?.aborted || timer.due()) await this.save();
      signal?.throwIfAborted();
      began = performance.now();
    }
  }

  /** Scores the validation rows, chooses among the epochs so far, and gets ready for the next one. */
  async judgeEpoch(): Promise<void> {
    const { progress, steps, assembled, options } = this;
    const { epoch } = progress;
    if (epoch === options.epochs) assembled.setProgress(1);
    steps.optimizer.flush(assembled.model.table);
    const validation = await evaluateSplit(assembled, this.source, 'validation', steps.settings);
    const loss = progress.lossSum / steps.stepsAnEpoch;
    const learningRate = steps.rateAfter(progress.steps - 1, progress.plateau.factor);
    const result = { epoch, loss, learningRate, validation, diagnostics: assembled.diagnostics() };
    progress.results.push(result);
    this.context.onEpoch?.(result);
    await this.select(validation);
    Object.assign(progress, { epoch: epoch + 1, stepsInEpoch: 0, lossSum: 0 });
    if (this.timer.dueAtEpochEnd()) await this.save();
  }

  /** The model has the weights of the best epoch from then on. */
  takeBestWeights(): void {
    const { progress, bestValues, assembled } = this;
    if (this.bestEpoch >= progress.results.length || !bestValues) return;
    writeArrays(assembled.model, bestValues.arrays);
    assembled.reload();
  }

  result(): TrainingResult {
    const { progress, times } = this;
    const counted = times.slice(Math.min(WARM_UP, times.length - 1));
    return {
      epochs: progress.results,
      bestEpoch: this.bestEpoch,
      steps: progress.steps,
      stepMs: times.length === 0 ? 0 : median(counted),
    };
  }

  /** Gives back what the training took. */
  async end(): Promise<void> {
    this.steps.dispose();
    await this.place.clear();
  }

  /**
   * Chooses the best epoch, the rate of the next and whether there is a next, by the model's metrics or those of a variant
   * that selects.
   */
  private async select(validation: SplitEvaluation | null): Promise<void> {
    const { progress, options, assembled } = this;
    const { epochs, selectBy, patience, minDelta, schedule } = options;
    const { epoch } = progress;
    const judge = assembled.variants.find(({ selects }) => selects);
    const metrics = (judge ? validation?.variants?.[judge.name] : validation)?.metrics;
    if (schedule.kind === 'plateau')
      progress.plateau = afterEpoch(progress.plateau, scoreBy(metrics, schedule.by ?? selectBy), schedule);
    progress.selection = selectAfter(
      progress.selection,
      { epoch, score: scoreBy(metrics, selectBy) ?? null },
      minDelta,
    );
    const { best, gain } = progress.selection;
    // The last epoch's weights need no copy: they are in the model.
    if (best.epoch === epoch)
      this.bestValues = epoch < epochs ? await this.place.take(arraysOf(assembled.model)) : undefined;
    if (epoch === epochs || epoch - gain.epoch >= patience) progress.done = true;
  }

  private get bestEpoch(): number {
    return this.progress.selection?.best.epoch ?? 0;
  }

  private get parts() {
    const { assembled } = this;
    const { optimizer, random } = this.steps;
    return { assembled, optimizer, random };
  }

  private async save(): Promise<void> {
    await this.timer.write(captureState(this.parts, this.progress, this.bestValues));
  }
}
