import type { EpochResult, Metrics, SplitMetrics, TrainingContext, TrainingOptions } from '@mdctr/training';
import type { Events } from './events.js';
import type { Progress } from './progress.js';

/** Which of the command's trainings runs. */
export interface Place {
  readonly index: number;
  readonly total: number;
  /** Put before what is shown. */
  readonly label?: string;
  /** Part of every event. */
  readonly facts?: object;
}

/** Shows how trainings go: with the latest validation metric and the time left to people, as events to programs. */
export class Watch {
  private place: Place = { index: 0, total: 1 };
  private latest = '';

  constructor(
    private readonly progress: Progress,
    private readonly events: Events,
    private readonly training: Pick<TrainingOptions, 'epochs' | 'selectBy'>,
  ) {}

  begin(place: Place): void {
    this.place = place;
    this.latest = '';
  }

  warn(message: string): void {
    this.progress.done(`Warning: ${message}`);
    this.events.emit('warning', { message });
  }

  readonly onStep: NonNullable<TrainingContext['onStep']> = (step, steps, loss, learningRate) => {
    const { index, total, label, facts } = this.place;
    const share = (index + step / steps) / total;
    const epoch = Math.ceil((step * this.training.epochs) / steps);
    const { epochs } = this.training;
    const secondsLeft = Math.round(this.progress.secondsLeft(share) ?? NaN); // NaN is null in JSON
    this.events.progress({ ...facts, epoch, epochs, step, steps, loss, learningRate, secondsLeft });
    this.progress.bar(
      share,
      `${label ? `${label}: ` : ''}epoch ${epoch}/${epochs}, step ${step}/${steps}, loss ${loss.toFixed(4)}${this.latest}`,
    );
  };

  readonly onEpoch = ({ epoch, loss, learningRate, validation }: EpochResult): void => {
    const { selectBy, epochs } = this.training;
    const value = validation?.[selectBy];
    if (value !== undefined && value !== null) this.latest = `, validation ${selectBy} ${value.toFixed(4)}`;
    const whole = validation && withoutDomains(validation);
    this.events.emit('epoch', { ...this.place.facts, epoch, epochs, loss, learningRate, validation: whole });
  };
}

/** Metrics of all rows: those by domain, and the calibration, are in the result. */
function withoutDomains({ variants, ...metrics }: SplitMetrics): object {
  const whole = ({ domains: _, calibration: __, ...own }: Metrics): object => own;
  if (!variants) return whole(metrics);
  return {
    ...whole(metrics),
    variants: Object.fromEntries(Object.entries(variants).map(([name, own]) => [name, whole(own)])),
  };
}
