import type { ScheduleOptions } from './options.js';

/** Where a training stands. */
export interface SchedulePoint {
  /** Steps done. */
  readonly step: number;
  readonly stepsAnEpoch: number;
  /** Steps of all epochs that the config plans, whether training stops early or not. */
  readonly plannedSteps: number;
}

/**
 * Factor on the learning rate for the next step. `linear`, `cosine`, `step` and `oneCycle` give the rates of PyTorch's
 * LinearLR, CosineAnnealingLR, StepLR and OneCycleLR (cos), stepped after every update; `plateau` gives its warm-up alone.
 */
export function rateFactor(options: ScheduleOptions, { step, stepsAnEpoch, plannedSteps }: SchedulePoint): number {
  if (options.kind === 'oneCycle') return oneCycle(options, step, plannedSteps);
  const { warmupSteps } = options;
  if (step < warmupSteps) return (step + 1) / warmupSteps;
  const since = step - warmupSteps;
  const share = Math.min(1, since / Math.max(1, plannedSteps - warmupSteps));
  switch (options.kind) {
    case 'linear':
      return between(1, options.endFactor, share);
    case 'cosine':
      return cosine(1, options.endFactor, share);
    case 'step':
      return options.factor ** Math.floor(since / (options.everyEpochs * stepsAnEpoch));
    case 'exponential':
      return options.factor ** (since / stepsAnEpoch);
    case 'constant':
    case 'plateau':
      return 1;
  }
}

/** Up and down along half a cosine each. Source: Smith and Topin, arXiv 1708.07120, in PyTorch's two-phase form. */
function oneCycle(
  { warmupShare, startFactor, endFactor }: Extract<ScheduleOptions, { kind: 'oneCycle' }>,
  step: number,
  plannedSteps: number,
): number {
  const top = warmupShare * plannedSteps - 1;
  if (step < top) return cosine(startFactor, 1, step / top);
  return cosine(1, endFactor, Math.min(1, (step - Math.max(0, top)) / Math.max(1, plannedSteps - 1 - top)));
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share;
const cosine = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
