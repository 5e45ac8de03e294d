import { runName } from '@mdctr/report';
import type { PlannedTrial, TuningTrial } from './types.js';

/** `4 domains: dnn + star, seed 1`; of a tuning trial `dnn + star, tuning trial 3`. */
export function nameOf(trial: Pick<PlannedTrial, 'cell'> | Pick<TuningTrial, 'cell' | 'tuning'>): string {
  const { setting, backbone, method } = trial.cell;
  return `${setting === undefined ? '' : `${setting}: `}${backbone} + ${method}, ${runOf(trial)}`;
}

/** `seed 1`, `seed 1, fold 2`, or `tuning trial 3`. */
export function runOf(trial: Pick<PlannedTrial, 'cell'> | Pick<TuningTrial, 'cell' | 'tuning'>): string {
  if (!('tuning' in trial)) return runName(trial.cell);
  const { number, rung } = trial.tuning;
  const fold = trial.cell.fold === undefined ? '' : `, fold ${trial.cell.fold}`;
  return `tuning trial ${number + 1}${rung > 0 ? ` in rung ${rung + 1}` : ''}${fold}`;
}
