import { assembleModel, type BatchSource, type AssembledModel, type UnitConfig } from '@mdctr/core';
import { TrainingSteps } from '@mdctr/training';
import type { TrialSpec } from '../config/types.js';
import type { TrialContext } from '../trial/run-trial.js';

/** A model to be timed, with the training that it is timed in. */
export interface TimedModel {
  readonly name: string;
  readonly plugins: readonly UnitConfig[];
  readonly assembled: AssembledModel;
  readonly steps: TrainingSteps;
}

/**
 * The plain backbone first, then it with each plugin alone, last with all of them: the config's model. The caller disposes
 * them (`disposeTimedModels`).
 */
export function makeTimedModels(spec: TrialSpec, context: TrialContext, source: BatchSource): TimedModel[] {
  const { plugins } = spec;
  const alone = plugins.length > 1 ? plugins.map((plugin) => [plugin]) : [];
  const sets = [[], ...alone, ...(plugins.length > 0 ? [plugins] : [])];
  const made: TimedModel[] = [];
  try {
    for (const set of sets) made.push(makeTimedModel(spec, context, source, set));
    return made;
  } catch (error) {
    disposeTimedModels(made);
    throw error;
  }
}

export function disposeTimedModels(variants: readonly TimedModel[]): void {
  for (const { assembled, steps } of variants) {
    steps.dispose();
    assembled.dispose();
  }
}

function makeTimedModel(
  spec: TrialSpec,
  { registry, data }: TrialContext,
  source: BatchSource,
  plugins: readonly UnitConfig[],
): TimedModel {
  const { baseMargin } = spec.training;
  const assembled = assembleModel({ ...spec, plugins, registry, schema: data.schema, baseMargin });
  const steps = new TrainingSteps(assembled, source, spec.training, spec.seed);
  const name = [spec.backbone, ...plugins].map(shortName).join(' + ');
  return { name, plugins, assembled, steps };
}

/** `package>name` without the package, as parameters and scopes have it. */
export const shortName = ({ name }: UnitConfig): string => name.slice(name.lastIndexOf('>') + 1);
