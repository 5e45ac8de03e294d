import { assembleTrial, type BatchSource, type TrialModel, type UnitConfig } from '@mdctr/core';
import { completeOptions, TrainingSteps } from '@mdctr/training';
import type { TrialPlan } from '../run-trial.js';

/** A model to be timed, with the training that it is timed in. */
export interface Variant {
  readonly name: string;
  readonly plugins: readonly UnitConfig[];
  readonly trial: TrialModel;
  readonly steps: TrainingSteps;
}

/**
 * The plain backbone first, then it with each plugin alone, last with all of them: the config's model. The caller disposes
 * them (`disposeVariants`).
 */
export function makeVariants(plan: TrialPlan, source: BatchSource): Variant[] {
  const { plugins } = plan;
  const alone = plugins.length > 1 ? plugins.map((plugin) => [plugin]) : [];
  const sets = [[], ...alone, ...(plugins.length > 0 ? [plugins] : [])];
  const made: Variant[] = [];
  try {
    for (const set of sets) made.push(makeVariant(plan, source, set));
    return made;
  } catch (error) {
    disposeVariants(made);
    throw error;
  }
}

export function disposeVariants(variants: readonly Variant[]): void {
  for (const { trial, steps } of variants) {
    steps.dispose();
    trial.dispose();
  }
}

function makeVariant(plan: TrialPlan, source: BatchSource, plugins: readonly UnitConfig[]): Variant {
  const trial = assembleTrial({ ...plan, plugins, schema: plan.data.schema });
  const steps = new TrainingSteps(trial, source, completeOptions(plan.training), plan.seed);
  const name = [plan.backbone, ...plugins].map(shortName).join(' + ');
  return { name, plugins, trial, steps };
}

/** `package>name` without the package, as parameters and scopes have it. */
export const shortName = ({ name }: UnitConfig): string => name.slice(name.lastIndexOf('>') + 1);
