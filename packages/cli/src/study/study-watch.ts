import { MAIN_METRIC } from '@mdctr/metrics';
import { mainValue } from '@mdctr/report';
import { hasFailed, nameOf, type PlannedTrial, type TrialOutcome, type TuningTrial } from '@mdctr/study';
import type { Events } from '../events.js';
import { duration, type Progress } from '../progress.js';
import { withoutDomains } from '../watch.js';
import { LiveLines } from './live-lines.js';
import { liveTable } from './live-table.js';
import type { News, StepNews } from './messages.js';
import type { StudyState } from './study-state.js';

/** Shows how a study goes: a live table on a terminal, plain lines elsewhere, events to programs. */
export class StudyWatch {
  private readonly live: LiveLines | undefined;
  private readonly latest = new Map<number, string>();
  private readonly warned = new Set<string>();

  constructor(
    private readonly state: StudyState,
    private readonly progress: Progress,
    private readonly events: Events,
  ) {
    if (progress.terminal) this.live = new LiveLines(progress.terminal);
  }

  /** A line that stays. */
  say(message: string): void {
    if (this.live) this.live.above(message);
    else this.progress.done(message);
  }

  /** What a process of a trial wrote. */
  output(text: string): void {
    if (this.live) this.live.above(text.trimEnd());
    else process.stderr.write(text);
  }

  begin(trial: PlannedTrial | TuningTrial): void {
    this.state.begin(trial);
    this.events.emit('trial', { ...this.facts(trial), ...trial.cell });
    this.draw();
  }

  news(trial: PlannedTrial, news: News): void {
    if (news.kind === 'step') this.step(trial, news);
    else if (news.kind === 'epoch') {
      const { epoch, loss, learningRate, validation } = news.result;
      const { epochs, selectBy } = trial.training;
      const value = validation?.metrics[selectBy];
      if (value !== undefined && value !== null)
        this.latest.set(trial.index, `, validation ${selectBy} ${value.toFixed(4)}`);
      const whole = validation && withoutDomains(validation);
      this.events.emit('epoch', { ...this.facts(trial), epoch, epochs, loss, learningRate, validation: whole });
    } else if (!this.warned.has(news.message)) {
      this.warned.add(news.message);
      this.say(`Warning: ${news.message}`);
      this.events.emit('warning', { message: news.message });
    }
  }

  /** Reports a trial that the state has as ended. */
  end(trial: PlannedTrial, outcome: TrialOutcome): void {
    const label = `[${trial.index + 1}/${this.state.plan.trials.length}] ${nameOf(trial)}`;
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

  /** Takes the table away. */
  close(): void {
    this.live?.clear();
  }

  private step(trial: PlannedTrial, { step, steps, loss, learningRate }: StepNews): void {
    const { epochs } = trial.training;
    const epoch = Math.ceil((step * epochs) / steps);
    const running = this.state.running.get(trial.index);
    if (!running) return;
    running.share = step / steps;
    running.news = `epoch ${epoch}/${epochs}, loss ${loss.toFixed(4)}${this.latest.get(trial.index) ?? ''}`;
    const secondsLeft = Math.round(this.progress.secondsLeft(this.state.share) ?? NaN); // NaN is null in JSON
    const at = { epoch, epochs, step, steps, loss, learningRate, secondsLeft };
    this.events.progress({ ...this.facts(trial), ...at });
    this.draw();
  }

  private draw(): void {
    const { share } = this.state;
    const { live } = this;
    if (live) live.draw(() => liveTable(this.state, this.progress.secondsLeft(share), live.height));
    else this.progress.bar(share, this.state.summary());
  }

  private facts(trial: PlannedTrial | TuningTrial): object {
    const tuning = 'tuning' in trial ? { tuning: { number: trial.tuning.number, rung: trial.tuning.rung } } : {};
    return { trial: trial.index + 1, trials: this.state.plan.trials.length, ...tuning };
  }
}
