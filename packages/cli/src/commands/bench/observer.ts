import { itemAt } from '@mdctr/base';
import { MAIN_METRIC } from '@mdctr/metrics';
import { mainValue, runName } from '@mdctr/report';
import type { LackingBaseline } from '@mdctr/report';
import {
  hasFailed,
  nameOf,
  takesLastFold,
  type BaselineOutcome,
  type BaselineTrial,
  type PlanFacts,
  type Round,
  type StepProgress,
  type StudyObserver,
  type StudyPlan,
  type StudyTrial,
  type TrialOutcome,
  type TrialProgress,
} from '@mdctr/study';
import { dataFacts } from '../../data/open-data.js';
import { onInterrupt, type EndSignal } from '../../process/interrupt.js';
import type { Events } from '../../terminal/events.js';
import { LiveLines } from '../../terminal/live-lines.js';
import { duration, type Progress } from '../../terminal/progress.js';
import { withoutDomains } from '../train/watch.js';
import { liveTable } from './live-table.js';
import { planText } from './plan-text.js';
import { StudyState } from './study-state.js';

/** Shows how a study goes: a live table on a terminal, plain lines elsewhere, events to programs. */
export class BenchObserver implements StudyObserver {
  /** The signal that ended the study. */
  interrupted: EndSignal | undefined;
  /** Is to bring the trials that run to their end. */
  onInterrupt: () => void = () => undefined;
  private state: StudyState | undefined;
  private live: LiveLines | undefined;
  private readonly latest = new Map<number, string>();
  private readonly warned = new Set<string>();
  private release: () => void = () => undefined;

  constructor(
    private readonly progress: Progress,
    private readonly events: Events,
    private readonly flags: { readonly plan?: true; readonly json?: true },
  ) {}

  /** How many trials have ended, in words. */
  get summary(): string {
    return this.state?.summary() ?? '';
  }

  prepared({ config, data, environment }: Parameters<NonNullable<StudyObserver['prepared']>>[0]): void {
    const warnings = [...new Set(data.flatMap((one) => one.warnings ?? []))];
    const first = itemAt(data, config.settings.findIndex(takesLastFold));
    this.events.start('bench', { name: config.name, data: dataFacts(first), environment }, warnings);
  }

  lacking(baselines: readonly LackingBaseline[]): void {
    for (const { label, reason } of baselines) {
      const message = `The baseline "${label}" is left out: ${reason}.`;
      this.say(message);
      this.events.emit('warning', { message });
    }
  }

  phase(what: string): void {
    this.progress.show(what);
  }

  planned(plan: StudyPlan, facts: PlanFacts): void {
    const text = planText(plan, facts);
    this.events.emit('plan', facts);
    if (this.flags.plan && !this.flags.json) process.stdout.write(`${text}\n`);
    else this.progress.done(text);
  }

  baselinesBegin(): void {
    this.release = this.endsInOrder('Interrupted: the baselines that are fitted now end.');
  }

  baselinesEnd(): void {
    this.progress.clear();
    this.release();
  }

  baselineBegins({ cell }: BaselineTrial): void {
    this.events.emit('baseline', cell);
    this.progress.show(`fitting ${baselineName(cell)}`);
  }

  baselineEnds({ cell }: BaselineTrial, outcome: BaselineOutcome): void {
    if (hasFailed(outcome)) {
      const { seconds: took, ...facts } = outcome.failure;
      this.say(`${baselineName(cell)}: failed after ${duration(took)}. ${facts.reason}`);
      this.events.emit('baselineFailed', { ...facts, took });
    } else {
      const { domains: _, calibration: __, seconds: took, ...facts } = outcome.result;
      const value = mainValue(facts);
      const shown = value === null ? 'undefined' : value.toFixed(MAIN_METRIC.decimals);
      this.say(`${baselineName(cell)}: ${MAIN_METRIC.label} ${shown} (${duration(took)})`);
      this.events.emit('baselineDone', { ...facts, took });
    }
  }

  /** Until the round ends, Ctrl-C has the trials write their checkpoints first. */
  roundBegins(round: Round): void {
    this.state = new StudyState(round);
    this.latest.clear();
    this.live = this.progress.terminal && new LiveLines(this.progress.terminal);
    this.release = this.endsInOrder(
      'Interrupted: the trials that run write their checkpoints. Once more to end at once.',
    );
  }

  private endsInOrder(message: string): () => void {
    return onInterrupt((signal) => {
      this.interrupted = signal;
      if (!this.flags.json) this.say(message);
      this.onInterrupt();
    });
  }

  /** Takes the table away. */
  roundEnds(): void {
    this.live?.clear();
    this.live = undefined;
    this.release();
  }

  trialBegins(trial: StudyTrial): void {
    this.state?.begin(trial);
    this.events.emit('trial', { ...this.facts(trial), ...trial.cell });
    this.draw();
  }

  trialProgress(trial: StudyTrial, progress: TrialProgress): void {
    if (progress.kind === 'step') this.step(trial, progress);
    else if (progress.kind === 'epoch') {
      const { epoch, step, epochsDone, loss, learningRate, validation } = progress.result;
      const { epochs, selectBy } = trial.training;
      const value = validation?.metrics[selectBy];
      if (value !== undefined && value !== null)
        this.latest.set(trial.index, `, validation ${selectBy} ${value.toFixed(4)}`);
      const whole = validation && withoutDomains(validation);
      const at = { epoch, epochs, step, epochsDone };
      this.events.emit('epoch', { ...this.facts(trial), ...at, loss, learningRate, validation: whole });
    } else if (!this.warned.has(progress.message)) {
      this.warned.add(progress.message);
      this.say(`Warning: ${progress.message}`);
      this.events.emit('warning', { message: progress.message });
    }
  }

  trialEnds(trial: StudyTrial, outcome: TrialOutcome): void {
    this.state?.end(trial, outcome);
    const label = `[${trial.index + 1}/${this.trials}] ${nameOf(trial)}`;
    if (hasFailed(outcome)) {
      const { seconds: took, ...facts } = outcome.failure;
      this.say(`${label}: failed after ${duration(took)}. ${facts.reason}`);
      this.events.emit('trialFailed', { ...this.facts(trial), ...facts, took });
    } else {
      const { details: _, seconds: took, ...facts } = outcome.lines[0];
      const value = mainValue(facts);
      const shown = value === null ? 'undefined' : value.toFixed(MAIN_METRIC.decimals);
      const of = 'tuning' in trial ? 'validation ' : '';
      if (!this.live) this.say(`${label}: ${of}${MAIN_METRIC.label} ${shown} (${duration(took)})`);
      this.events.emit('trialDone', { ...this.facts(trial), ...facts, took });
    }
    this.draw();
  }

  /** What a process of a trial wrote. */
  output(text: string): void {
    if (this.live) this.live.above(text.trimEnd());
    else {
      this.progress.clear();
      process.stderr.write(text);
    }
  }

  /** A line that stays. */
  private say(message: string): void {
    if (this.live) this.live.above(message);
    else this.progress.done(message);
  }

  private step(trial: StudyTrial, { step, steps, loss, learningRate }: StepProgress): void {
    const { epochs } = trial.training;
    const epoch = Math.ceil((step * epochs) / steps);
    const running = this.state?.running.get(trial.index);
    if (!this.state || !running) return;
    running.share = step / steps;
    running.status = `epoch ${epoch}/${epochs}, loss ${loss.toFixed(4)}${this.latest.get(trial.index) ?? ''}`;
    const secondsLeft = Math.round(this.progress.secondsLeft(this.state.share) ?? NaN); // NaN is null in JSON
    const at = { epoch, epochs, step, steps, loss, learningRate, secondsLeft };
    this.events.progress({ ...this.facts(trial), ...at });
    this.draw();
  }

  private draw(): void {
    const { state, live } = this;
    if (!state) return;
    if (live) live.draw(() => liveTable(state, this.progress.secondsLeft(state.share), live.height));
    else this.progress.bar(state.share, state.summary());
  }

  private get trials(): number {
    return this.state?.plan.trials.length ?? 0;
  }

  private facts(trial: StudyTrial): object {
    const tuning = 'tuning' in trial ? { tuning: { number: trial.tuning.number, rung: trial.tuning.rung } } : {};
    return { trial: trial.index + 1, trials: this.trials, ...tuning };
  }
}

/** `smoothed means`, or `4 domains: LightGBM, seed 2`: of the cell of a baseline. */
const baselineName = ({ setting, method, ...run }: BaselineTrial['cell']): string =>
  `baseline ${setting === undefined ? '' : `${setting}: `}${method}, ${runName(run)}`;
