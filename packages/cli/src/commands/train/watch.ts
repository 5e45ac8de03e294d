import type { Evaluation } from '@mdctr/metrics';
import type { EpochResult, SplitEvaluation, TrainingContext, TrainingOptions } from '@mdctr/training';
import type { Events } from '../../terminal/events.js';
import type { Progress } from '../../terminal/progress.js';

/** Shows how a training goes: with the latest validation metric and the time left to people, as events to programs. */
export class Watch {
  private latest = '';

  constructor(
    private readonly progress: Progress,
    private readonly events: Events,
    private readonly training: Pick<TrainingOptions, 'epochs' | 'selectBy'>,
  ) {}

  warn(message: string): void {
    this.progress.done(`Warning: ${message}`);
    this.events.emit('warning', { message });
  }

  readonly onStep: NonNullable<TrainingContext['onStep']> = (step, steps, loss, learningRate) => {
    const share = step / steps;
    const epoch = Math.ceil((step * this.training.epochs) / steps);
    const { epochs } = this.training;
    const secondsLeft = Math.round(this.progress.secondsLeft(share) ?? NaN); // NaN is null in JSON
    this.events.progress({ epoch, epochs, step, steps, loss, learningRate, secondsLeft });
    this.progress.bar(share, `epoch ${epoch}/${epochs}, step ${step}/${steps}, loss ${loss.toFixed(4)}${this.latest}`);
  };

  readonly onEpoch = ({ epoch, step, epochsDone, loss, learningRate, validation }: EpochResult): void => {
    const { selectBy, epochs } = this.training;
    const value = validation?.metrics[selectBy];
    if (value !== undefined && value !== null) this.latest = `, validation ${selectBy} ${value.toFixed(4)}`;
    const whole = validation && withoutDomains(validation);
    this.events.emit('epoch', { epoch, epochs, step, epochsDone, loss, learningRate, validation: whole });
  };
}

/** Metrics of all rows: those by domain, and the calibration, are in the result. */
export function withoutDomains({ variants, ...evaluation }: SplitEvaluation): object {
  const whole = ({ domains: _, calibration: __, ...facts }: Evaluation): object => facts;
  if (!variants) return whole(evaluation);
  return {
    ...whole(evaluation),
    variants: Object.fromEntries(Object.entries(variants).map(([name, variant]) => [name, whole(variant)])),
  };
}
