import { itemAt } from '@mdctr/base';
import { loadConfig } from '@mdctr/config';
import type { AssemblyRequest } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import {
  answerBudget,
  kindOf,
  openStudy,
  openTrial,
  planBudgets,
  planStudy,
  takesLastFold,
  withBudgets,
} from '@mdctr/study';
import { builtinPackages } from '../../builtins.js';
import { openData, type DataFlags } from '../../data/open-data.js';
import type { Progress } from '../../terminal/progress.js';
import { chooseModel, refuseChoice, type ModelChoice } from './choose-model.js';

export interface ModelFlags extends DataFlags, ModelChoice {
  readonly set: string[];
  readonly dataset?: string;
}

/** A config that is read and in order; its data are not read yet. */
export interface InspectedModel {
  readonly precision: 'float32' | 'bfloat16';
  load(
    progress: Progress,
  ): Promise<{ readonly name: string; readonly data: EncodedData; readonly model: Omit<AssemblyRequest, 'schema'> }>;
}

/**
 * Opens the model of a trial, or the one of a study that the flags choose.
 * @throws MdctrError MDCTR_INSPECT_MODEL, what opening a config throws.
 */
export async function openInspected(file: string, flags: ModelFlags): Promise<InspectedModel> {
  const { set, dataset } = flags;
  const kind = kindOf(loadConfig(file, { set, dataset }));
  return kind === 'study' ? modelOfStudy(file, flags) : modelOfTrial(file, flags);
}

async function modelOfTrial(file: string, flags: ModelFlags): Promise<InspectedModel> {
  const trial = await openTrial(file, { ...flags, builtins: builtinPackages() });
  refuseChoice(flags, trial.document);
  const { config, registry } = trial;
  return {
    precision: config.training.precision,
    load: async (progress) => {
      const data = await openData(trial, flags, progress);
      return { name: config.name, data, model: { ...config, registry } };
    },
  };
}

async function modelOfStudy(file: string, flags: ModelFlags): Promise<InspectedModel> {
  const study = await openStudy(file, { ...flags, builtins: builtinPackages() });
  const { config, registry, settingDocuments } = study;
  const plan = planStudy(config);
  const trials = plan.trials.filter((trial) => takesLastFold(itemAt(config.settings, trial.setting)));
  const { model: place, cell, seed } = chooseModel(trials, flags, study.document);
  const { setting } = itemAt(plan.models, place);
  const labels = [config.name, cell.setting, `${cell.backbone} + ${cell.method}`];
  const name = labels.filter((label) => label !== undefined).join(', ');
  return {
    precision: config.training.precision,
    load: async (progress) => {
      const options = { name, data: itemAt(config.settings, setting).data };
      const data = await openData({ config: options, document: itemAt(settingDocuments, setting) }, flags, progress);
      // A budget changes the widths; results are of the network that it leads to.
      const tasks = planBudgets(config, plan).filter(({ model }) => model === place);
      const answers = await Promise.all(tasks.map((task) => answerBudget(task, registry, data)));
      const { embedding, backbone, plugins } = itemAt(withBudgets(plan, tasks, answers).plan.models, place);
      return { name, data, model: { registry, embedding, backbone, plugins, seed } };
    },
  };
}
