import { median } from '@mdctr/base';
import type { AssembledModel, BatchSource } from '@mdctr/core';
import { scoreBy } from '@mdctr/metrics';
import { CheckpointTimer } from '../checkpoint/checkpoint-timer.js';
import { arraysOf, SnapshotPlace, writeArrays, type Snapshot } from '../checkpoint/snapshot.js';
import { captureState, newProgress, restoreState, type TrainingProgress } from '../checkpoint/training-state.js';
import { evaluateSplit } from '../evaluate/evaluate-split.js';
import { fitBaseMargin } from '../margin/fit-base-margin.js';
import { evaluatesAtStart, type TrainingOptions } from '../options/options.js';
import { afterEvaluation } from '../schedule/plateau.js';
import { endsEpoch, type EpochResult, type TrainingResult } from './results.js';
import { selectAfter } from './select-evaluation.js';
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
  /** Values of the best evaluation, where they are not those that the model has. */
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

  /**
   * Puts everything where the checkpoint has it, if there is one. Else fits the base margin, and evaluates the first weights, where
   * that is asked for.
   */
  async begin(): Promise<void> {
    const { resumeFrom } = this.context;
    if (!resumeFrom) {
      await fitBaseMargin(this.assembled.model, this.source, this.options);
      if (evaluatesAtStart(this.options)) await this.evaluate();
      return;
    }
    restoreState(this.parts, resumeFrom);
    // The checkpoint that they are in goes when the next one is written.
    if (resumeFrom.best) this.bestValues = await this.place.take(resumeFrom.best.arrays);
  }

  /** Runs the steps of the epoch that are left, with the evaluations within it and at its end. */
  async runEpoch(): Promise<void> {
    await this.trainEpoch();
    if (!this.done) await this.endEpoch();
  }

  private async trainEpoch(): Promise<void> {
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
      if (this.evaluationDue) await this.evaluate(); // before the checkpoint, which then has it
      if (signal?.aborted || timer.due()) await this.save();
      signal?.throwIfAborted();
      if (progress.done) return;
      began = performance.now();
    }
  }

  private async endEpoch(): Promise<void> {
    const { progress } = this;
    const { epoch } = progress;
    await this.evaluate();
    Object.assign(progress, { epoch: epoch + 1, stepsInEpoch: 0, lossSum: 0 });
    if (this.timer.dueAtEpochEnd()) await this.save();
  }

  /** Whether an evaluation within the epoch follows the step that was just done. */
  private get evaluationDue(): boolean {
    const { evaluateEvery } = this.options;
    const { stepsInEpoch } = this.progress;
    return (
      evaluateEvery > 0 && stepsInEpoch % evaluateEvery === 0 && stepsInEpoch < this.steps.stepsOf(this.progress.epoch)
    );
  }

  /** Scores the validation rows, and chooses among the evaluations so far. */
  private async evaluate(): Promise<void> {
    const { progress, steps, assembled } = this;
    const { epoch, stepsInEpoch } = progress;
    const ofEpoch = steps.stepsOf(epoch);
    assembled.setStep(progress.steps);
    steps.average?.flush();
    steps.optimizer.flush(assembled.model.table);
    steps.average?.swap();
    const validation = await evaluateSplit(assembled, this.source, 'validation', steps.settings);
    const result: EpochResult = {
      epoch,
      step: progress.steps,
      epochsDone: stepsInEpoch === ofEpoch ? epoch : epoch - 1 + stepsInEpoch / ofEpoch,
      loss: stepsInEpoch === 0 ? null : progress.lossSum / stepsInEpoch,
      learningRate: steps.rateAfter(Math.max(0, progress.steps - 1), progress.plateau.factor),
      validation,
      diagnostics: assembled.diagnostics(),
    };
    progress.results.push(result);
    this.context.onEpoch?.(result);
    await this.select(result);
    if (!progress.done) steps.average?.swap(); // the averages stay in the model at the end
  }

  /** The model has the weights of the best evaluation from then on. */
  takeBestWeights(): void {
    const { progress, bestValues, assembled } = this;
    if (progress.selection?.best.step === progress.steps || !bestValues) return;
    writeArrays(assembled.model, bestValues.arrays);
    assembled.reload();
  }

  result(): TrainingResult {
    const { progress, times } = this;
    const counted = times.slice(Math.min(WARM_UP, times.length - 1));
    const best = progress.selection?.best;
    return {
      epochs: progress.results.filter(endsEpoch),
      evaluations: progress.results,
      bestEpoch: best?.epoch ?? 0,
      bestStep: best?.step ?? 0,
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
   * Chooses the best evaluation, the rate of the next steps and whether there are any, by the model's metrics or those of a
   * variant that selects.
   */
  private async select(result: EpochResult): Promise<void> {
    const { progress, options, assembled } = this;
    const { selectBy, patience, minDelta, schedule } = options;
    const { epoch, step, validation } = result;
    const last = epoch === options.epochs && endsEpoch(result);
    // A network whose plugins' schedules have not come to their end is no candidate, unless training ends with it.
    if (step < assembled.settlesAfter && !last) return;
    const judge = assembled.variants.find(({ selects }) => selects);
    const metrics = (judge ? validation?.variants?.[judge.name] : validation)?.metrics;
    if (schedule.kind === 'plateau')
      progress.plateau = afterEvaluation(progress.plateau, scoreBy(metrics, schedule.by ?? selectBy), schedule);
    const evaluation = progress.results.length - (evaluatesAtStart(options) ? 1 : 0);
    const now = { evaluation, epoch, step, score: scoreBy(metrics, selectBy) ?? null };
    progress.selection = selectAfter(progress.selection, now, minDelta);
    const { best, gain } = progress.selection;
    // The weights of the last evaluation of all need no copy: they are in the model.
    if (best.step === step) this.bestValues = last ? undefined : await this.place.take(arraysOf(assembled.model));
    if (last || evaluation - gain.evaluation >= patience) progress.done = true;
  }

  private get parts() {
    const { assembled } = this;
    const { optimizer, random, average } = this.steps;
    return { assembled, optimizer, random, average };
  }

  private async save(): Promise<void> {
    await this.timer.write(captureState(this.parts, this.progress, this.bestValues));
  }
}
